package io.hasupervisor.assess.api;

import static io.hasupervisor.assess.api.ApiserverRuleTest.ETCD_CHECK;
import static io.hasupervisor.assess.api.ApiserverRuleTest.HANGS;
import static io.hasupervisor.assess.api.ApiserverRuleTest.HOOK;
import static io.hasupervisor.assess.api.ApiserverRuleTest.NOT_ASKED;
import static io.hasupervisor.assess.api.ApiserverRuleTest.REFUSED;
import static io.hasupervisor.assess.api.ApiserverRuleTest.WELL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiserverSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever an apiserver says, round after round: what never happens. */
final class ApiserverRuleRandomTest {
  private static final List<ApiAnswer> ANSWERS =
      List.of(
          WELL,
          WELL,
          new ApiAnswer.Denied(403),
          REFUSED,
          REFUSED,
          HANGS,
          HOOK,
          ETCD_CHECK,
          ETCD_CHECK,
          NOT_ASKED,
          new ApiAnswer.NoSuchPath(),
          new ApiAnswer.Foreign(502, "<html>"),
          new ApiAnswer.Silent(Symptom.TLS_FAILED, true, "its certificate has expired"),
          new ApiAnswer.Silent(Symptom.UNREACHABLE, false, "no way"));

  private ApiserverHistory history = ApiserverHistory.none();
  private Duration at = Duration.ofHours(1);
  private int failed;

  private static <T> T any(Random random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static boolean good(ApiAnswer answer) {
    return answer instanceof ApiAnswer.Well || answer instanceof ApiAnswer.Denied;
  }

  private void round(Random random, Optional<ClusterState> etcd, String told) {
    ApiAnswer live = any(random, ANSWERS);
    ApiAnswer ready =
        live.equals(WELL) && random.nextInt(3) == 0 ? any(random, ANSWERS) : NOT_ASKED;
    int roundsAgo = random.nextInt(5) == 0 ? 1 : 0;
    ApiserverSeen seen =
        new ApiserverSeen(
            "m1", "u", random.nextBoolean(), live, ready, NOT_ASKED, Optional.empty(), roundsAgo);
    at = at.plusSeconds(10);
    ApiserverState before = history.state();
    ApiserverRule.Judged judged =
        ApiserverRule.judge(history, seen, at, Duration.ZERO, etcd, "words", "");
    history = judged.next();
    ApiserverState state = judged.view().state();
    boolean unready = ready instanceof ApiAnswer.Failing || ready instanceof ApiAnswer.Silent;
    boolean success = good(live) && !unready;
    if (roundsAgo > 0) {
      assertEquals(before, state, told);
      return;
    }
    if (!live.equals(NOT_ASKED)) {
      failed = success ? 0 : failed + 1;
    }
    if (success) {
      assertTrue(state.serves(), told + ": one success heals");
      assertEquals(List.of(), judged.findings(), told);
    }
    if (failed > 0 && failed < 3 && !live.equals(NOT_ASKED)) {
      assertEquals(before, state, told + ": too few rounds failed");
    }
    if (live.equals(ETCD_CHECK) && failed >= 3) {
      assertEquals(ApiserverState.ETCD_FAILS, state, told);
      assertTrue(!judged.view().cause().isEmpty(), told);
    }
    if (state == ApiserverState.DOWN && live.equals(REFUSED)) {
      assertTrue(failed >= 3, told);
    }
    boolean lost = etcd.filter(it -> it == ClusterState.QUORUM_LOST).isPresent();
    if (lost && live.equals(HOOK) && failed >= 3) {
      assertEquals(ApiserverState.ETCD_FAILS, state, told);
    }
    assertTrue(judged.view().since().compareTo(at) <= 0, told);
    if (history.state() == ApiserverState.UNKNOWN
        && live.equals(NOT_ASKED)
        && history.failed() == 0) {
      failed = 0;
    }
  }

  @Test
  void tooFewFailuresBlameNobodyOneSuccessHealsAndEtcdsFaultIsEtcds() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      history = ApiserverHistory.none();
      failed = 0;
      for (int n = 0; n < 200; n++) {
        Optional<ClusterState> etcd =
            random.nextInt(8) == 0
                ? Optional.empty()
                : Optional.of(any(random, List.of(ClusterState.values())));
        round(random, etcd, "seed " + seed + ", round " + n);
      }
    }
  }
}
