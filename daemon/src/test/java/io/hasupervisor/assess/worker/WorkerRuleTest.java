package io.hasupervisor.assess.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.observe.worker.ClientFile;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.WorkerRound;
import io.hasupervisor.observe.worker.WorkerRound.Validity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WorkerRuleTest {
  private static final Path FLAGS = Path.of("/etc/default/kubelet");
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final ApiAnswer WELL = new ApiAnswer.Well(Duration.ofMillis(3));
  private static final ApiAnswer REFUSED =
      new ApiAnswer.Silent(Symptom.REFUSED, false, "10.0.0.10 refuses connections");
  private static final Optional<String> LB = Optional.of("https://10.0.0.10");

  private final List<WorkerView> views = new ArrayList<>();
  private WorkerHistory history = WorkerHistory.at(Duration.ZERO);

  private static ClientSeen kubelet(String flags) {
    ClientFile file = ClientFile.of(FLAGS, SmallFile.characters(flags));
    return new ClientSeen(
        "kubelet", List.of(file), List.of(), new ClientFile.Absent(Path.of("/k")), true);
  }

  private static WorkerRound round(String url, ApiAnswer answer, Optional<Validity> client) {
    return new WorkerRound(kubelet("A=\"--api-servers=" + url + "\"\n"), answer, client, NOON);
  }

  private WorkerView look(WorkerRound round) {
    WorkerRule.Judgement judged =
        WorkerRule.judge(history, LB, round, Duration.ofSeconds(30L * (views.size() + 1)));
    history = judged.next();
    views.add(judged.view());
    return judged.view();
  }

  private WorkerView look(ApiAnswer answer) {
    return look(round("https://10.0.0.10", answer, Optional.empty()));
  }

  private static List<String> codes(WorkerView view) {
    return view.findings().stream().map(Finding::code).toList();
  }

  @Test
  void anAnswerIsReachedAlsoWhereWeMayNotAsk() {
    assertEquals(WorkerState.REACHED, look(WELL).state());
    WorkerView denied = look(new ApiAnswer.Denied(401));
    assertEquals(WorkerState.REACHED, denied.state());
    assertEquals(Duration.ofSeconds(30), denied.since());
    assertEquals("https://10.0.0.10:443", denied.points());
    assertEquals(List.of(), codes(denied));
  }

  @Test
  void doesNotCallItUnreachedForOneAnswerThatDidNotCome() {
    look(WELL);
    assertEquals(WorkerState.REACHED, look(REFUSED).state());
    assertEquals(WorkerState.REACHED, look(WELL).state());
    look(REFUSED);
    WorkerView twice = look(REFUSED);
    assertEquals(WorkerState.UNREACHED, twice.state());
    assertEquals(Duration.ofSeconds(150), twice.since());
    assertEquals(List.of("API_UNREACHED"), codes(twice));
    assertEquals(
        "no apiserver answers at https://10.0.0.10:443 (10.0.0.10 refuses connections): pods go on"
            + " here, and nothing changes them",
        twice.findings().getFirst().text());
    assertEquals(WorkerState.REACHED, look(WELL).state());
  }

  @Test
  void whatIsNoApiserverOrNotWellIsNotReached() {
    for (ApiAnswer answer :
        List.of(
            new ApiAnswer.Failing(503, List.of("etcd"), "etcd failed"),
            new ApiAnswer.Foreign(302, "a redirect to /login"),
            new ApiAnswer.NoSuchPath())) {
      look(answer);
      assertEquals(WorkerState.UNREACHED, look(answer).state(), answer.toString());
      look(WELL);
    }
  }

  @Test
  void whatCouldNotBeAskedIsUnknown() {
    look(REFUSED);
    WorkerView view = look(new ApiAnswer.NotAsked("/k gives no client certificate"));
    assertEquals(WorkerState.UNKNOWN, view.state());
    assertEquals("/k gives no client certificate", view.why());
  }

  @Test
  void aKubeletThatIsPointedElsewhereIsToldWithTheLineAndTheCommand() {
    WorkerView view = look(round("https://10.0.0.1:6443", WELL, Optional.empty()));
    assertEquals(List.of("KUBELET_POINTS_ELSEWHERE"), codes(view));
    Finding finding = view.findings().getFirst();
    assertEquals(
        "/etc/default/kubelet:1 points the kubelet at https://10.0.0.1:6443, and worker.apiserver"
            + " is https://10.0.0.10:443: it is lost with that one",
        finding.text());
    assertEquals("ha-supervisor worker join --apiserver https://10.0.0.10:443", finding.cure());
  }

  @Test
  void whereNothingIsConfiguredTheKubeletsFileIsRight() {
    WorkerRule.Judgement judged =
        WorkerRule.judge(
            history,
            Optional.empty(),
            round("https://10.0.0.1:6443", WELL, Optional.empty()),
            Duration.ZERO);
    assertEquals(List.of(), judged.view().findings());
  }

  @Test
  void aKubeletThatNobodyTellsIsAWarningWithItsFile() {
    WorkerView view =
        look(
            new WorkerRound(
                kubelet("A=1\n"), new ApiAnswer.NotAsked("no URL"), Optional.empty(), NOON));
    assertEquals(List.of("KUBELET_POINTER_UNCLEAR"), codes(view));
    assertEquals("", view.points());
    assertEquals("nothing here tells the kubelet where the apiservers are", view.why());
  }

  /** The kubelet renews its certificate when 70 to 90 % of its life are over. */
  @Test
  void aClientCertificateIsToldOfOnceItsRenewalIsOverdue() {
    Instant from = NOON.minus(Duration.ofHours(20));
    assertEquals(
        List.of(), codes(certificate(from, NOON.plus(Duration.ofHours(4)))), "of a day, on time");
    assertEquals(
        List.of("KUBELET_CLIENT_EXPIRES"),
        codes(certificate(from, NOON.plus(Duration.ofHours(2)))));
    WorkerView over = certificate(from, NOON);
    assertEquals(List.of("KUBELET_CLIENT_EXPIRED"), codes(over));
    assertEquals(Finding.Severity.CRITICAL, over.findings().getFirst().severity());
    assertTrue(over.findings().getFirst().text().contains("2026-11-25T12:00:00Z"));
  }

  private WorkerView certificate(Instant from, Instant until) {
    return look(round("https://10.0.0.10", WELL, Optional.of(new Validity(from, until))));
  }
}
