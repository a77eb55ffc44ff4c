package io.hasupervisor.assess.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiserverSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiserverRuleTest {
  static final ApiAnswer WELL = new ApiAnswer.Well(Duration.ofMillis(3));
  static final ApiAnswer REFUSED =
      new ApiAnswer.Silent(Symptom.REFUSED, false, "nothing listens at port 6443 of 10.0.0.1");
  static final ApiAnswer HANGS =
      new ApiAnswer.Silent(Symptom.TIMED_OUT, true, "no answer within 4 s");
  static final ApiAnswer ETCD_CHECK =
      new ApiAnswer.Failing(500, List.of("etcd"), "[-]etcd failed: reason withheld");
  static final ApiAnswer HOOK =
      new ApiAnswer.Failing(500, List.of("poststarthook/rbac/bootstrap-roles"), "no");
  static final ApiAnswer NOT_ASKED = new ApiAnswer.NotAsked("it was not");
  private static final String LOST = "quorum is lost, as seen from this host: 1 of 3 voters serve";

  private boolean own = true;
  private String container = "";
  private Optional<ClusterState> etcd = Optional.of(ClusterState.QUORUM_FULL);
  private String words = "works, can lose 1 more: all 3 voters are healthy";
  private Duration at = Duration.ofSeconds(1000);
  private ApiserverHistory history = ApiserverHistory.none();
  private List<Finding> findings = List.of();
  private Optional<ApiserverView> view = Optional.empty();

  private ApiserverView round(ApiserverSeen seen) {
    at = at.plusSeconds(10);
    ApiserverRule.Judged judged =
        ApiserverRule.judge(history, seen, at, Duration.ofMinutes(15), etcd, words, container);
    history = judged.next();
    findings = judged.findings();
    view = Optional.of(judged.view());
    return judged.view();
  }

  private ApiserverSeen seen(ApiAnswer live, ApiAnswer ready, ApiAnswer check) {
    return new ApiserverSeen("m1", "https://10.0.0.1:6443", own, live, ready, check, none());
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private ApiserverView rounds(int count, ApiAnswer live) {
    for (int n = 0; n < count; n++) {
      round(seen(live, NOT_ASKED, NOT_ASKED));
    }
    return view.orElseThrow();
  }

  private ApiserverState after3(ApiAnswer live) {
    history = ApiserverHistory.none();
    return rounds(3, live).state();
  }

  private void etcdIs(ClusterState state, String sentence) {
    etcd = Optional.of(state);
    words = sentence;
  }

  private static ApiAnswer silent(Symptom symptom, boolean connected) {
    return new ApiAnswer.Silent(symptom, connected, "x");
  }

  @Test
  void eachAnswerHasItsState() {
    assertEquals(ApiserverState.HEALTHY, after3(WELL));
    assertEquals(ApiserverState.UP, after3(new ApiAnswer.Denied(403)));
    assertEquals(ApiserverState.UP, after3(new ApiAnswer.Denied(401)));
    assertEquals(ApiserverState.DOWN, after3(REFUSED));
    assertEquals(ApiserverState.HUNG, after3(HANGS));
    assertEquals(ApiserverState.HUNG, after3(silent(Symptom.CLOSED, true)));
    assertEquals(ApiserverState.UNREACHABLE, after3(silent(Symptom.TIMED_OUT, false)));
    assertEquals(ApiserverState.UNREACHABLE, after3(silent(Symptom.UNREACHABLE, false)));
    assertEquals(ApiserverState.UNTRUSTED, after3(silent(Symptom.TLS_FAILED, true)));
    assertEquals(ApiserverState.FOREIGN, after3(new ApiAnswer.Foreign(503, "<html>")));
    assertEquals(ApiserverState.FOREIGN, after3(new ApiAnswer.NoSuchPath()));
    assertEquals(ApiserverState.SICK, after3(HOOK));
    assertEquals(ApiserverState.ETCD_FAILS, after3(ETCD_CHECK));
    assertEquals(ApiserverState.UNKNOWN, after3(NOT_ASKED));
  }

  @Test
  void twoFailedRoundsChangeNothingAndTheThirdDoes() {
    rounds(1, WELL);
    ApiserverView second = rounds(2, REFUSED);
    assertEquals(ApiserverState.HEALTHY, second.state());
    assertEquals(
        "not well in the last 2 rounds, which is not enough to judge: nothing listens at port 6443"
            + " of 10.0.0.1",
        second.why());
    assertEquals(List.of(), findings);
    Duration first = at.minusSeconds(10);
    ApiserverView third = rounds(1, REFUSED);
    assertEquals(ApiserverState.DOWN, third.state());
    assertEquals(first, third.since(), "it is down since the first of them");
    assertEquals(first, rounds(5, REFUSED).since());
  }

  @Test
  void oneSuccessHeals() {
    rounds(9, REFUSED);
    assertEquals(ApiserverState.HEALTHY, rounds(1, WELL).state());
    assertEquals(at, view.orElseThrow().since());
    assertEquals(ApiserverState.HEALTHY, rounds(2, REFUSED).state(), "and failures count anew");
  }

  @Test
  void failingInAnotherWayIsToldAtOnce() {
    rounds(3, REFUSED);
    assertEquals(ApiserverState.HUNG, rounds(1, HANGS).state());
    assertEquals(at, view.orElseThrow().since());
  }

  @Test
  void inTheFirstHalfMinuteOfTheDaemonNobodyIsBlamed() {
    at = Duration.ofSeconds(895);
    assertEquals(ApiserverState.UNKNOWN, rounds(3, REFUSED).state());
    assertEquals(ApiserverState.DOWN, rounds(1, REFUSED).state());
  }

  @Test
  void etcdThatFailsIsNamedAndTheApiserverIsNotBlamed() {
    etcdIs(ClusterState.QUORUM_LOST, LOST);
    for (ApiAnswer answer : List.of(ETCD_CHECK, HOOK, HANGS)) {
      assertEquals(ApiserverState.ETCD_FAILS, after3(answer), answer::toString);
      assertEquals("etcd: " + LOST, view.orElseThrow().cause());
      assertEquals("APISERVER_ETCD_FAILS", findings.getFirst().code());
      assertEquals(Severity.WARNING, findings.getFirst().severity());
    }
  }

  @Test
  void anApiserverThatEndedForWantOfEtcdIsDownBecauseOfEtcd() {
    container = "its container ended 3 times, last with exit code 1";
    etcdIs(ClusterState.QUORUM_LOST, LOST);
    assertEquals(ApiserverState.DOWN, after3(REFUSED));
    assertEquals(
        "an apiserver ends where it finds no etcd; etcd: " + LOST, view.orElseThrow().cause());
    assertEquals(Severity.WARNING, findings.getFirst().severity());
  }

  @Test
  void withoutAWorkingReadOfItsOwnTheApiserversCheckIsBelieved() {
    etcdIs(ClusterState.QUORUM_UNKNOWN, "nothing is known");
    assertEquals(ApiserverState.ETCD_FAILS, after3(HOOK));
    history = ApiserverHistory.none();
    for (int n = 0; n < 3; n++) {
      round(seen(HOOK, NOT_ASKED, WELL));
    }
    assertEquals(ApiserverState.SICK, view.orElseThrow().state());
  }

  @Test
  void theCheckOfEtcdTellsTheCauseWhereTheAnswerNamesNone() {
    ApiAnswer nameless = new ApiAnswer.Failing(500, List.of(), "healthz check failed");
    for (int n = 0; n < 3; n++) {
      round(seen(nameless, NOT_ASKED, ETCD_CHECK));
    }
    assertEquals(ApiserverState.ETCD_FAILS, view.orElseThrow().state());
    assertEquals(
        "its etcd does not answer it, though as seen from here etcd " + words,
        view.orElseThrow().cause());
  }

  @Test
  void aHostThatIsCutOffBlamesItsOwnEtcdAndNotThatOfOthers() {
    etcdIs(ClusterState.PARTITIONED_SELF, "this host is cut off, the cluster works");
    assertEquals(ApiserverState.ETCD_FAILS, after3(HOOK));
    own = false;
    assertEquals(ApiserverState.SICK, after3(HOOK));
    assertEquals(ApiserverState.UNREACHABLE, after3(silent(Symptom.TIMED_OUT, false)));
    assertEquals("etcd: this host is cut off, the cluster works", view.orElseThrow().cause());
  }

  @Test
  void readinessInformsAndDoesNotDecide() {
    for (int n = 0; n < 3; n++) {
      round(seen(WELL, HOOK, WELL));
    }
    assertEquals(ApiserverState.NOT_READY, view.orElseThrow().state());
    assertEquals(Severity.WARNING, findings.getFirst().severity());
    round(seen(WELL, NOT_ASKED, NOT_ASKED));
    assertEquals(ApiserverState.HEALTHY, view.orElseThrow().state());
  }

  @Test
  void ownTroubleIsCriticalAndThatOfOthersAWarning() {
    after3(REFUSED);
    assertEquals(Severity.CRITICAL, findings.getFirst().severity());
    assertEquals("APISERVER_DOWN", findings.getFirst().code());
    own = false;
    after3(REFUSED);
    assertEquals(Severity.WARNING, findings.getFirst().severity());
  }

  @Test
  void everyFindingSaysWhatIsDoneByItself() {
    for (ApiAnswer answer :
        List.of(
            REFUSED,
            HANGS,
            HOOK,
            ETCD_CHECK,
            silent(Symptom.TLS_FAILED, true),
            silent(Symptom.UNREACHABLE, false),
            new ApiAnswer.Foreign(302, "a redirect to https://login.example"))) {
      for (boolean mine : new boolean[] {true, false}) {
        own = mine;
        after3(answer);
        Finding finding = findings.getFirst();
        assertEquals("m1", finding.subject());
        assertTrue(finding.text().contains("https://10.0.0.1:6443"), finding.text());
        assertTrue(finding.cure().contains("This daemon does nothing about it"), finding.cure());
      }
    }
  }

  @Test
  void theOwnContainersStoryIsToldWhereItIsTheReason() {
    container = "its container ended 3 times, last with exit code 1";
    after3(REFUSED);
    assertEquals(container, view.orElseThrow().cause());
    assertEquals(
        "The apiserver of this host at https://10.0.0.1:6443 does not run: nothing listens at port"
            + " 6443 of 10.0.0.1; its container ended 3 times, last with exit code 1.",
        findings.getFirst().text());
  }

  @Test
  void whatWasSaidRoundsAgoIsNoNews() {
    rounds(2, REFUSED);
    ApiserverSeen carried =
        new ApiserverSeen("m1", "u", own, WELL, NOT_ASKED, NOT_ASKED, none(), 1);
    round(carried);
    assertEquals(ApiserverState.DOWN, rounds(1, REFUSED).state());
  }

  @Test
  void oneThatCannotBeAskedIsJudgedByWhatItSaidLastForAWhile() {
    rounds(1, WELL);
    assertEquals(ApiserverState.HEALTHY, rounds(2, NOT_ASKED).state());
    assertEquals(ApiserverState.UNKNOWN, rounds(1, NOT_ASKED).state());
    assertEquals("it cannot be asked: it was not", view.orElseThrow().why());
    Duration since = view.orElseThrow().since();
    assertEquals(since, rounds(3, NOT_ASKED).since());
    assertFalse(rounds(2, REFUSED).state() == ApiserverState.DOWN);
  }
}
