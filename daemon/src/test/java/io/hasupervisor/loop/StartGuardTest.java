package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Event.Ordered;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the init system is told when it asks whether it may start docker. */
@Timeout(60)
final class StartGuardTest {
  private static final String DOCKER = "docker";
  private static final Duration NOW = Duration.ofMinutes(10);

  private final Supervised docker =
      new Supervised(Plans.service(DOCKER), ServiceState.initial(NOW), new FakeAttachment());
  private final Services services = new Services();
  private final List<Disruption> wanted = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> waiting = new ArrayList<>();
  private Optional<Outcome> answer = Optional.of(new Outcome.Done());
  private boolean master = true;

  StartGuardTest() {
    services.replaceAll(Map.of(DOCKER, docker));
  }

  private void consent(Disruption disruption, Consent.Stage stage, CompletableFuture<Outcome> to) {
    assertEquals(Consent.Stage.NOW, stage);
    wanted.add(disruption);
    waiting.add(to);
    answer.ifPresent(to::complete);
  }

  private CompletableFuture<Reply> asking(String service, Duration patience) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    Request.MayStart request = new Request.MayStart(service, patience);
    new StartGuard(services, () -> master ? Optional.of(this::consent) : Optional.empty())
        .asked(new Message.Asked(request, "root", reply), request, NOW);
    return reply;
  }

  private Reply ask() {
    return asking(DOCKER, Duration.ofSeconds(18)).join();
  }

  @Test
  void whatCostsNoQuorumMayStart() {
    assertEquals(Reply.done("docker may start: it costs etcd no quorum"), ask());
    assertEquals(
        List.of(new Disruption(Disruption.Kind.START, DOCKER, Disruption.Origin.INIT)), wanted);
  }

  @Test
  void aRefusalIsOneSentenceWithTheWayOn() {
    answer =
        Optional.of(
            new Outcome.Refused("QUORUM_STATE", "only 2 of 3 voters are healthy.", Duration.ZERO));
    assertEquals(
        new Reply(
            75,
            "docker may not start now (QUORUM_STATE: only 2 of 3 voters are healthy); ha-supervisor"
                + " starts it once it may; see: ha-supervisor explain docker"),
        ask());
  }

  @Test
  void whereNobodyWillStartItLaterThatIsSaid() {
    Hold hold = new Hold(Hold.Kind.OPERATOR, "eva", "disk", Optional.empty());
    docker.state =
        ServiceMachine.step(
                docker.spec.policy(), docker.state, new Ordered(new Order.Keep(hold)), NOW)
            .next();
    answer = Optional.of(new Outcome.Refused("FROZEN", "frozen", Duration.ZERO));
    assertEquals(
        "docker may not start now (FROZEN: frozen); held by eva, so nobody starts it before:"
            + " ha-supervisor release docker",
        ask().body());
  }

  @Test
  void onAWorkerItMayStartWithoutAQuestion() {
    master = false;
    assertEquals(Reply.done("docker may start: this host is no master"), ask());
    assertEquals(List.of(), wanted);
  }

  @Test
  void whatEtcdDoesNotDependOnMayStart() {
    services.replaceAll(
        Map.of(
            "proxy",
            new Supervised(
                Plans.service("proxy"), ServiceState.initial(NOW), new FakeAttachment())));
    assertEquals(
        Reply.done("proxy may start: etcd does not depend on it"),
        asking("proxy", Duration.ofSeconds(1)).join());
    assertEquals(List.of(), wanted);
  }

  @Test
  void aDaemonThatOnlyObservesHoldsNothingBack() {
    services.observeOnly(true);
    assertEquals(Reply.done("docker may start: ha-supervisor only observes"), ask());
    assertEquals(List.of(), wanted);
  }

  @Test
  void aServiceThatIsNotSupervisedIsUnknown() {
    assertEquals(
        Reply.unknown("dokcer is not supervised"), asking("dokcer", Duration.ofSeconds(1)).join());
  }

  @Test
  void ourOwnStartIsLetThroughOnceAndAtOnce() {
    docker.startGiven = Optional.of(NOW.minusSeconds(1));
    answer = Optional.empty();
    assertEquals(Reply.done("docker may start: ha-supervisor starts it itself"), ask());
    assertEquals(List.of(), wanted);
    answer = Optional.of(new Outcome.Refused("LOCK_HELD", "held", Duration.ZERO));
    assertEquals(75, ask().exit());
  }

  @Test
  void anOldOrderOfOursLetsNothingThrough() {
    docker.startGiven = Optional.of(NOW.minus(docker.spec.policy().startGrace()));
    answer = Optional.of(new Outcome.Refused("LOCK_HELD", "held", Duration.ZERO));
    assertEquals(75, ask().exit());
  }

  @Test
  void whatIsNotSettledInTimeIsANoAndWithdrawn() {
    answer = Optional.empty();
    Reply reply = asking(DOCKER, Duration.ofMillis(1)).join();
    assertEquals(75, reply.exit());
    assertTrue(reply.body().startsWith("docker may not start now (UNDECIDED: "), reply.body());
    assertTrue(waiting.getFirst().isDone());
    assertFalse(waiting.getFirst().complete(new Outcome.Done()));
  }

  @Test
  void aFailureToFindOutIsANo() {
    for (Outcome failed : List.of(new Outcome.Failed("x"), new Outcome.Uncertain("x"))) {
      answer = Optional.of(failed);
      assertEquals(75, ask().exit());
    }
  }

  @Test
  void aStartIsOursUntilItHasEnded() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.dies(DOCKER);
    assertEquals(List.of("Start"), bench.at(DOCKER).actions());
    bench.dies(DOCKER);
    assertTrue(bench.service(DOCKER).startGiven.isPresent(), "seen before the order was taken");
    bench.done(DOCKER);
    bench.clock.pass(1);
    bench.seen(DOCKER, new RunState.JobWaiting("activating (condition)"));
    assertTrue(bench.service(DOCKER).startGiven.isPresent());
    bench.runs(DOCKER);
    assertEquals(Optional.empty(), bench.service(DOCKER).startGiven);
  }
}
