package io.hasupervisor.assess.leader;

import io.hasupervisor.observe.leader.LeaderRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one component's election from round to round; all times are monotonic.
 *
 * @param last the record as last read
 * @param looked the last round
 * @param readable since when every round has read what is there
 * @param elections when others came to lead, newest last, no older than the rule needs
 * @param stand what was thought last
 */
public record LeaderHistory(
    Optional<Last> last,
    Optional<Duration> looked,
    Optional<Duration> readable,
    List<Duration> elections,
    Optional<Stand> stand) {
  public LeaderHistory {
    elections = List.copyOf(elections);
  }

  /**
   * A record.
   *
   * @param at when it was first read as it is
   * @param moved whether it was seen to change to this
   */
  public record Last(LeaderRecord record, Duration at, boolean moved) {}

  /** A state and since when it holds. */
  public record Stand(LeaderState state, Duration since) {}

  /** Before the first round. */
  public static LeaderHistory none() {
    return new LeaderHistory(
        Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
  }
}
