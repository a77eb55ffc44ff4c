package io.hasupervisor.assess.api;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.api.ApiserverSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Pure: how one apiserver is, and what is behind it. */
public final class ApiserverRule {
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
    return new Judged(
        before,
        new ApiserverView(
            seen.master(), seen.url(), seen.own(), ApiserverState.UNKNOWN, at, "", ""),
        List.of());
  }
}
