package io.hasupervisor.assess.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ReadinessTest {
  private static final ApiAnswer WELL = new ApiAnswer.Well(Duration.ofMillis(2));
  private static final Duration LIMIT = Readiness.limit(Duration.ofSeconds(10));

  private static Readiness now(ApiAnswer says) {
    return Readiness.now(
        says, Optional.of(ClusterState.QUORUM_FULL), Optional.of(Duration.ofSeconds(8)), LIMIT);
  }

  @ParameterizedTest
  @EnumSource(ApiserverState.class)
  void onlyAnApiserverThatServesMakesReady(ApiserverState state) {
    assertEquals(
        state.serves(), Readiness.judged(state, Optional.of(ClusterState.QUORUM_FULL)).ready());
  }

  @ParameterizedTest
  @EnumSource(ClusterState.class)
  void etcdMakesUnreadyOnlyWhereNoApiserverCouldServe(ClusterState etcd) {
    boolean cannot = etcd == ClusterState.QUORUM_LOST || etcd == ClusterState.PARTITIONED_SELF;
    assertEquals(!cannot, Readiness.judged(ApiserverState.HEALTHY, Optional.of(etcd)).ready());
    assertEquals(
        !cannot, Readiness.now(WELL, Optional.of(etcd), Optional.of(Duration.ZERO), LIMIT).ready());
  }

  @Test
  void namesEveryReason() {
    assertEquals(
        List.of(
            "Its apiserver does not run: nothing listens there.",
            "etcd has lost quorum: no apiserver can serve."),
        Readiness.judged(ApiserverState.DOWN, Optional.of(ClusterState.QUORUM_LOST)).reasons());
  }

  static Stream<Arguments> denials() {
    return Stream.of(
        Arguments.of(
            new ApiAnswer.Failing(500, List.of("etcd", "ping"), "[-]etcd failed"),
            "its check of etcd fails"),
        Arguments.of(
            new ApiAnswer.Failing(500, List.of("shutdown"), "[-]shutdown failed"), "not ready"),
        Arguments.of(
            new ApiAnswer.Silent(Symptom.REFUSED, false, "nothing listens"), "does not run"),
        Arguments.of(new ApiAnswer.Silent(Symptom.TIMED_OUT, true, "no answer"), "does not answer"),
        Arguments.of(
            new ApiAnswer.Silent(Symptom.UNREACHABLE, false, "no way"), "cannot be reached"),
        Arguments.of(
            new ApiAnswer.Silent(Symptom.TLS_FAILED, true, "expired"), "do not trust each other"),
        Arguments.of(new ApiAnswer.Foreign(302, "a redirect"), "somebody else answers"),
        Arguments.of(new ApiAnswer.NoSuchPath(), "somebody else answers"),
        Arguments.of(new ApiAnswer.NotAsked("no file"), "could not be asked"));
  }

  @ParameterizedTest
  @MethodSource("denials")
  void anApiserverThatDoesNotSayThatItIsReadyIsNot(ApiAnswer says, String words) {
    Readiness readiness = now(says);
    assertFalse(readiness.ready());
    assertTrue(readiness.reasons().getFirst().contains(words), readiness.toString());
  }

  @Test
  void onesThatDenyUsServeOthers() {
    assertTrue(now(new ApiAnswer.Denied(403)).ready());
    assertTrue(now(WELL).ready());
  }

  @Test
  void noWordOfAStrangersAndNoFileIsTold() {
    List<ApiAnswer> told =
        List.of(
            new ApiAnswer.Foreign(200, "SECRET"),
            new ApiAnswer.Failing(500, List.of("SECRET"), "SECRET"),
            new ApiAnswer.Silent(Symptom.TIMED_OUT, true, "SECRET"),
            new ApiAnswer.NotAsked("the file /etc/kubernetes/pki/SECRET.key"));
    for (ApiAnswer says : told) {
      assertFalse(now(says).toString().contains("SECRET"), says.toString());
      assertFalse(now(says).toString().contains("/"), says.toString());
    }
  }

  @Test
  void aSupervisorThatHangsTakesNoMasterOutOfService() {
    Optional<ClusterState> lost = Optional.of(ClusterState.QUORUM_LOST);
    assertFalse(Readiness.now(WELL, lost, Optional.of(LIMIT), LIMIT).ready());
    Readiness old = Readiness.now(WELL, lost, Optional.of(LIMIT.plusSeconds(1)), LIMIT);
    assertEquals(
        new Readiness(
            true,
            List.of(
                "Its apiserver says that it is ready.",
                "What its supervisor knew of etcd is 49 s old and was left out.")),
        old);
  }

  @Test
  void theRestartOfTheDaemonTakesNoMasterOutOfService() {
    assertTrue(
        Readiness.now(WELL, Optional.empty(), Optional.empty(), LIMIT).ready(),
        "before the first round its apiserver's word is enough");
  }
}
