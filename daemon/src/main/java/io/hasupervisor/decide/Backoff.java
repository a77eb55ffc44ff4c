package io.hasupervisor.decide;

import java.time.Duration;
import java.util.Optional;

/** Delay before a start: none, then doubling up to a cap, with jitter that only lengthens. */
final class Backoff {
  private Backoff() {}

  /** Delay before attempt {@code attempt} (1 is the first after a death). */
  static Duration delay(Policy policy, int attempt) {
    if (attempt <= 1) {
      return Duration.ZERO;
    }
    Policy.CrashPolicy crash = policy.crash();
    Duration delay = crash.firstDelay();
    for (int n = 2; n < attempt && delay.compareTo(crash.maxDelay()) < 0; n++) {
      delay = delay.multipliedBy(2);
    }
    return jittered(
        policy, delay.compareTo(crash.maxDelay()) > 0 ? crash.maxDelay() : delay, attempt);
  }

  /**
   * {@code delay} and up to the policy's jitter more; the same inputs always give the same answer.
   */
  static Duration jittered(Policy policy, Duration delay, long salt) {
    double part = (mix(policy.seed() + salt) >>> 11) * 0x1.0p-53;
    return delay.plusNanos((long) (delay.toNanos() * policy.crash().jitter() * part));
  }

  /** The log once a healthy time has ended, without what that time has made forgotten. */
  static RestartLog healthEnded(Policy policy, RestartLog log, Duration now) {
    if (log.healthySince().isEmpty()) {
      return log;
    }
    Duration healthyFor = now.minus(log.healthySince().get());
    return (isReset(policy, healthyFor) ? log.reset() : log)
        .withAttempt(remaining(policy, log.attempt(), healthyFor))
        .withHealthySince(Optional.empty());
  }

  /** Whether being HEALTHY for {@code healthyFor} forgets every attempt and crash. */
  static boolean isReset(Policy policy, Duration healthyFor) {
    return healthyFor.compareTo(policy.crash().resetAfter()) >= 0;
  }

  /** Attempts that still count after being HEALTHY for {@code healthyFor}. */
  static int remaining(Policy policy, int attempt, Duration healthyFor) {
    return isReset(policy, healthyFor)
        ? 0
        : (int) Math.max(0, attempt - healthyFor.dividedBy(policy.crash().stepDownEvery()));
  }

  /** SplitMix64's finaliser. */
  private static long mix(long input) {
    long z = input + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
