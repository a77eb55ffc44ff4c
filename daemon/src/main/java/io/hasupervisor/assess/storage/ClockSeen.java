package io.hasupervisor.assess.storage;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.PeerSeen;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A peer's clock against ours by its last two answers.
 *
 * @param at monotonic time of the last one
 * @param before its clock minus ours by the answer before, {@code now} by the last one
 */
record ClockSeen(Duration at, Optional<Duration> before, Duration now) {
  /** Peers are asked each sixth round. */
  private static final Duration VALID = Duration.ofMinutes(10);

  static Map<EtcdId, ClockSeen> of(Map<EtcdId, ClockSeen> before, EtcdRound round) {
    Map<EtcdId, ClockSeen> next = new HashMap<>(before);
    for (MemberEvidence member : round.members()) {
      Optional<Duration> ahead =
          member.own() ? Optional.empty() : member.peer().got().flatMap(PeerSeen::ahead);
      member
          .id()
          .ifPresent(
              id ->
                  ahead.ifPresent(
                      now ->
                          next.merge(
                              id,
                              new ClockSeen(round.at(), Optional.empty(), now),
                              (known, _) ->
                                  new ClockSeen(round.at(), Optional.of(known.now()), now))));
    }
    next.values().removeIf(clock -> round.at().minus(clock.at()).compareTo(VALID) > 0);
    return next;
  }

  /**
   * The nearer to ours of the two, since one late answer looks like a wrong clock; empty after a
   * single one.
   */
  Optional<Duration> ahead() {
    return before.map(
        earlier ->
            earlier.isNegative() != now.isNegative()
                ? Duration.ZERO
                : earlier.abs().compareTo(now.abs()) < 0 ? earlier : now);
  }
}
