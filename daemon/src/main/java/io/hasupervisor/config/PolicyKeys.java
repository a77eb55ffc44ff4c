package io.hasupervisor.config;

import java.time.Duration;
import java.util.List;

/** The keys of the two policies: of restarting what is dead, and of killing what is sick. */
final class PolicyKeys {
  private static final Duration SECOND = Duration.ofSeconds(1);

  static final Key<Duration> FIRST_DELAY =
      Key.of("first-delay", Amounts.duration(Duration.ofMillis(100)), SECOND);
  static final Key<Duration> MAX_DELAY =
      Key.of("max-delay", Amounts.duration(SECOND), Duration.ofMinutes(1));
  static final Key<Double> JITTER = Key.of("jitter", Amounts.fraction(), 0.25);
  static final Key<Duration> RESET_AFTER =
      Key.of("reset-after", Amounts.duration(SECOND), Duration.ofMinutes(10));
  static final Key<Duration> STEP_DOWN_EVERY =
      Key.of("step-down-every", Amounts.duration(SECOND), Duration.ofMinutes(2));
  static final Key<Integer> CRASH_BUDGET = Key.of("budget", Amounts.whole(1, 1000), 10);
  static final Key<Duration> CRASH_WINDOW =
      Key.of("budget-window", Amounts.duration(SECOND), Duration.ofMinutes(15));
  static final Key<Duration> SLOW_RETRY_EVERY =
      Key.of("slow-retry-every", Amounts.duration(SECOND), Duration.ofMinutes(1));
  static final Key<Duration> INIT_GRACE =
      Key.of("init-grace", Amounts.duration(Duration.ZERO), Duration.ofSeconds(10));

  static final Shape CRASH_SHAPE =
      Shape.of(
          FIRST_DELAY,
          MAX_DELAY,
          JITTER,
          RESET_AFTER,
          STEP_DOWN_EVERY,
          CRASH_BUDGET,
          CRASH_WINDOW,
          SLOW_RETRY_EVERY,
          INIT_GRACE);

  static final Key<Integer> KILL_BUDGET = Key.of("budget", Amounts.whole(1, 1000), 3);
  static final Key<Duration> KILL_WINDOW =
      Key.of("budget-window", Amounts.duration(SECOND), Duration.ofMinutes(30));
  static final Key<Duration> SPACING =
      Key.of("spacing", Amounts.duration(SECOND), Duration.ofMinutes(2));
  static final Key<Duration> SLOW_KILL_EVERY =
      Key.of("slow-kill-every", Amounts.duration(SECOND), Duration.ofMinutes(30));
  static final Key<Duration> CAPTURE_LIMIT =
      Key.of(
          "capture-limit",
          Amounts.duration(Duration.ZERO, Duration.ofMinutes(5)),
          Duration.ofSeconds(5));
  static final Key<Duration> TERM_WAIT =
      Key.of("term-wait", Amounts.duration(SECOND), Duration.ofSeconds(30));
  static final Key<Duration> KILL_WAIT =
      Key.of("kill-wait", Amounts.duration(SECOND), Duration.ofSeconds(10));
  static final Key<List<String>> STUCK_HOOK = Key.of("stuck-hook", Words.HOOK, List.of());
  static final Key<Duration> STUCK_HOOK_AFTER =
      Key.of("stuck-hook-after", Amounts.duration(SECOND), Duration.ofMinutes(10));

  static final Shape KILL_SHAPE =
      Shape.of(
          KILL_BUDGET,
          KILL_WINDOW,
          SPACING,
          SLOW_KILL_EVERY,
          CAPTURE_LIMIT,
          TERM_WAIT,
          KILL_WAIT,
          STUCK_HOOK,
          STUCK_HOOK_AFTER);

  private PolicyKeys() {}
}
