package io.hasupervisor.assess.api;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiserverSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Pure: how one apiserver is, and what is behind it. It is not well once three rounds in a row have
 * failed, whichever way; one that succeeds heals (control-plane 3.5). Nothing is ever done about
 * it.
 */
public final class ApiserverRule {
  private static final int FAILURES = 3;

  /** After the start of the daemon, which may be that of the host: apiservers start, too. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private ApiserverRule() {}

  /** What is thought, what of it needs somebody, and what is remembered for the next round. */
  public record Judged(ApiserverHistory next, ApiserverView view, List<Finding> findings) {}

  /**
   * Takes a round in.
   *
   * @param at monotonic time of the round, {@code started} that from which on answers count
   * @param etcd what is thought of etcd; {@code etcdWords} one sentence on it, may be empty
   * @param container what docker says of its container, as part of a sentence; own ones only, may
   *     be empty
   */
  public static Judged judge(
      ApiserverHistory before,
      ApiserverSeen seen,
      Duration at,
      Duration started,
      Optional<ClusterState> etcd,
      String etcdWords,
      String container) {
    // What was said in an earlier round has been judged then.
    ApiserverHistory next =
        seen.roundsAgo() > 0
            ? before
            : Diagnosis.of(seen, new EtcdBehind(seen.own(), etcd, etcdWords))
                .map(found -> next(before, found, at, started, container))
                .orElseGet(() -> unasked(before, seen, at));
    ApiserverView view =
        new ApiserverView(
            seen.master(),
            seen.url(),
            seen.own(),
            next.state(),
            next.since(),
            next.why(),
            next.cause());
    return new Judged(next, view, ApiserverFindings.of(view, next.etcd()));
  }

  private static ApiserverHistory next(
      ApiserverHistory before, Diagnosis found, Duration at, Duration started, String container) {
    if (found.state().serves()) {
      Duration since = before.state() == found.state() ? before.since() : at;
      return new ApiserverHistory(found.state(), since, found.why(), "", false, 0, at, 0);
    }
    Duration failing = before.failed() == 0 ? at : before.failing();
    int failed = Math.min(before.failed() + 1, FAILURES);
    if (failed < FAILURES || at.minus(started).compareTo(GRACE) < 0) {
      return new ApiserverHistory(
          before.state(),
          before.fresh() ? at : before.since(),
          "not well in the last "
              + (failed == 1 ? "round" : failed + " rounds")
              + ", which is not enough to judge: "
              + found.why(),
          before.cause(),
          before.etcd(),
          failed,
          failing,
          0);
    }
    boolean worked = before.state().serves() || before.state() == ApiserverState.UNKNOWN;
    Duration since = before.state() == found.state() ? before.since() : worked ? failing : at;
    boolean byEtcd = !found.cause().isEmpty();
    String cause = byEtcd ? found.cause() : byContainer(found, container);
    return new ApiserverHistory(
        found.state(), since, found.why(), cause, byEtcd, failed, failing, 0);
  }

  private static String byContainer(Diagnosis found, String container) {
    return found.state() == ApiserverState.DOWN || found.state() == ApiserverState.HUNG
        ? container
        : "";
  }

  /** That it cannot be asked is no news of it; after some time what was thought is too old. */
  private static ApiserverHistory unasked(
      ApiserverHistory before, ApiserverSeen seen, Duration at) {
    String why =
        "it cannot be asked: "
            + (seen.live() instanceof ApiAnswer.NotAsked not ? not.why() : "nobody knows why");
    int unasked = Math.min(before.unasked() + 1, FAILURES);
    boolean known = before.state() != ApiserverState.UNKNOWN;
    if (unasked < FAILURES && known) {
      return new ApiserverHistory(
          before.state(),
          before.since(),
          before.why(),
          before.cause(),
          before.etcd(),
          before.failed(),
          before.failing(),
          unasked);
    }
    Duration since = known || before.fresh() ? at : before.since();
    return new ApiserverHistory(ApiserverState.UNKNOWN, since, why, "", false, 0, at, unasked);
  }
}
