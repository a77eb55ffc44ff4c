package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.Optional;

/**
 * Rounds of one kind in a row.
 *
 * @param good in which the member served; 0 where the newest was another
 * @param bad in which it did not, since {@code badSince}; rounds that tell nothing do not end it
 * @param silent in which nothing at all came back
 * @param mute that told nothing
 */
record Streak(int good, int bad, Optional<Duration> badSince, int silent, int mute) {
  static final Streak NONE = new Streak(0, 0, Optional.empty(), 0, 0);

  /** Rounds that tell nothing, after which a good name is given up. */
  private static final int MUTE = 6;

  Streak afterGood() {
    return new Streak(good + 1, 0, Optional.empty(), 0, 0);
  }

  /** It answered, though not as it should. */
  Streak afterWord() {
    return NONE;
  }

  /** Failed in a round that began then. */
  Streak afterBad(Duration begun, boolean quiet) {
    return new Streak(0, bad + 1, badSince.or(() -> Optional.of(begun)), quiet ? silent + 1 : 0, 0);
  }

  Streak afterNothing() {
    return new Streak(0, bad, badSince, silent, mute + 1);
  }

  /** Whether nothing has been known of it for long. */
  boolean longMute() {
    return mute >= MUTE;
  }

  /** Whether it has served for long enough to be called healthy. */
  boolean longGood() {
    return good >= Limits.ROUNDS;
  }

  /**
   * Whether it has failed for long enough to be called so: 3 rounds, or 15 s in more than one, as
   * one failure proves nothing.
   *
   * @param told when it last served, or nothing could be told
   */
  boolean longBad(Duration told, Duration now) {
    return bad >= Limits.ROUNDS || (bad > 1 && !Limits.within(Limits.UNHEALTHY, told, now));
  }

  /** For how long it has failed. */
  Duration failing(Duration now) {
    return badSince.map(now::minus).orElse(Duration.ZERO);
  }
}
