package io.hasupervisor.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whether and where etcd's data and the master's files are backed up.
 *
 * @param directory holds {@code etcd/} and {@code files/}
 * @param every from one backup of etcd to the next
 * @param sameDevice whether the directory may lie on the device of etcd's data
 * @param bytesPerSecond most that is read from etcd
 * @param hook command to run after a verified backup, with its path appended; empty: none
 */
public record BackupSettings(
    boolean enabled,
    Path directory,
    Duration every,
    Keep keep,
    boolean sameDevice,
    long bytesPerSecond,
    List<String> hook) {

  public BackupSettings {
    hook = List.copyOf(hook);
  }

  /** How many backups are kept: the newest of so many hours, days and weeks. */
  public record Keep(int hourly, int daily, int weekly) {}

  /** What holds unless configured otherwise. */
  public static final BackupSettings DEFAULT =
      new BackupSettings(
          true,
          Path.of("/var/backups/ha-supervisor"),
          Duration.ofHours(1),
          new Keep(24, 7, 4),
          false,
          50L << 20,
          List.of());
}
