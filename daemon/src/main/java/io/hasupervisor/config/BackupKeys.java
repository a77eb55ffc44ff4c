package io.hasupervisor.config;

import io.hasupervisor.cluster.BackupSettings;
import io.hasupervisor.cluster.BackupSettings.Keep;
import io.hasupervisor.yaml.Value.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The keys of the backups. */
final class BackupKeys {
  private static final BackupSettings DEFAULT = BackupSettings.DEFAULT;
  private static final Keep KEPT = DEFAULT.keep();

  /** Whether backups may lie on the device of what they are to save. */
  enum SameDevice {
    REFUSE,
    ALLOW
  }

  static final Key<Boolean> ENABLED = Key.of("enabled", Words.TRUTH, DEFAULT.enabled());
  static final Key<Path> DIRECTORY = Key.of("directory", Words.ABSOLUTE, DEFAULT.directory());
  static final Key<Duration> EVERY =
      Key.of(
          "every", Amounts.duration(Duration.ofMinutes(5), Duration.ofHours(24)), DEFAULT.every());

  static final Key<Integer> HOURLY = Key.of("hourly", Amounts.whole(1, 1000), KEPT.hourly());
  static final Key<Integer> DAILY = Key.of("daily", Amounts.whole(0, 1000), KEPT.daily());
  static final Key<Integer> WEEKLY = Key.of("weekly", Amounts.whole(0, 1000), KEPT.weekly());
  static final Shape KEEP_SHAPE = Shape.of(HOURLY, DAILY, WEEKLY);
  static final Key<Table> KEEP = Key.table("keep", KEEP_SHAPE);

  static final Key<SameDevice> SAME_DEVICE =
      Key.of("same-device", Words.choice(SameDevice.class), SameDevice.REFUSE);
  static final Key<Long> RATE =
      Key.of("rate", Amounts.size(1 << 20, 64L << 30), DEFAULT.bytesPerSecond());
  static final Key<List<String>> HOOK = Key.of("hook", Words.HOOK, DEFAULT.hook());

  static final Shape SHAPE = Shape.of(ENABLED, DIRECTORY, EVERY, KEEP, SAME_DEVICE, RATE, HOOK);

  private BackupKeys() {}
}
