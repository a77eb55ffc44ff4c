package io.hasupervisor.config;

import io.hasupervisor.cluster.RepairSettings;
import java.time.Duration;

/** The keys of repairs that may cost this host's member of etcd. */
final class RepairKeys {
  private static final RepairSettings DEFAULT = RepairSettings.DEFAULT;

  static final Key<Duration> SPACING = time("spacing", 30, DEFAULT.spacing());
  static final Key<Duration> HOST_SPACING = time("host-spacing", 30, DEFAULT.hostSpacing());
  static final Key<Integer> PER_DAY = Key.of("per-day", Amounts.whole(1, 100), DEFAULT.perDay());
  static final Key<Duration> STEADY = time("steady", 5, DEFAULT.steady());
  static final Key<Duration> UNFINISHED = time("unfinished-after", 60, DEFAULT.unfinishedAfter());
  static final Key<Duration> DEADLINE = time("deadline", 60, DEFAULT.deadline());
  static final Key<Duration> BREAK_AFTER = time("break-after", 60, DEFAULT.breakAfter());
  static final Key<Duration> BOOT_GRACE = time("boot-grace", 0, DEFAULT.bootGrace());
  static final Key<Duration> LOCK_PATIENCE = time("lock-patience", 10, DEFAULT.lockPatience());
  static final Key<Boolean> SINGLE = Key.of("single", Words.TRUTH, DEFAULT.single());
  static final Key<Boolean> HUNG = Key.of("hung-etcd", Words.TRUTH, DEFAULT.hung());

  static final Shape SHAPE =
      Shape.of(
          SPACING,
          HOST_SPACING,
          PER_DAY,
          STEADY,
          UNFINISHED,
          DEADLINE,
          BREAK_AFTER,
          BOOT_GRACE,
          LOCK_PATIENCE,
          SINGLE,
          HUNG);

  private RepairKeys() {}

  private static Key<Duration> time(String name, int seconds, Duration usual) {
    return Key.of(name, Amounts.duration(Duration.ofSeconds(seconds), Duration.ofHours(24)), usual);
  }

  static RepairSettings read(Section section) {
    return new RepairSettings(
        section.get(SPACING),
        section.get(HOST_SPACING),
        section.get(PER_DAY),
        section.get(STEADY),
        section.get(UNFINISHED),
        section.get(DEADLINE),
        section.get(BREAK_AFTER),
        section.get(BOOT_GRACE),
        section.get(LOCK_PATIENCE),
        section.get(SINGLE),
        section.get(HUNG));
  }
}
