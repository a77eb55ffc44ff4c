package io.hasupervisor.assess.leader;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.leader.LeaderSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Pure: whether somebody leads, by what changes, never by what a clock says. */
public final class LeaderRule {
  private LeaderRule() {}

  /** What is thought, what of it needs somebody, and what is remembered for the next round. */
  public record Judged(LeaderHistory next, LeaderView view, List<Finding> findings) {}

  /**
   * Takes a round in.
   *
   * @param at monotonic time at which it was read
   */
  public static Judged judge(
      LeaderHistory before, LeaderSeen seen, Duration at, LeaderScene scene) {
    return new Judged(
        before,
        new LeaderView(
            seen.component(),
            LeaderState.UNKNOWN,
            Optional.empty(),
            Optional.empty(),
            at,
            Optional.empty(),
            ""),
        List.of());
  }
}
