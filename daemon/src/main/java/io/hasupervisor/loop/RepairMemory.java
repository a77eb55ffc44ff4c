package io.hasupervisor.loop;

import io.hasupervisor.decide.disruption.RepairLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The repairs of this host, over a restart of this daemon and of the host: else a crash loop would
 * forget its budget (control-plane 3.2.6).
 *
 * @param bootId the boot in which monotonic times are meant
 * @param at monotonic time of this memory, {@code wall} the same by the wall
 */
record RepairMemory(String bootId, Duration at, Instant wall, RepairLog log)
    implements Remembered<RepairMemory> {
  /** What is older counts for nothing. */
  private static final Duration COUNTED = Duration.ofHours(24);

  static RepairMemory none() {
    return new RepairMemory("", Duration.ZERO, Instant.EPOCH, RepairLog.EMPTY);
  }

  static StateFile<RepairMemory> file(Path stateDir) {
    return new StateFile<>(stateDir.resolve("repair.json"), new RepairMemoryJson());
  }

  /**
   * The log in the times of the present boot. After another one the ages are by the wall clock; one
   * that was set back makes nothing older than it was when it was written.
   */
  RepairLog resumed(String boot, Duration now, Instant wallNow) {
    // A clock behind this boot's own memory is a host restored from a snapshot: another life.
    boolean sameBoot = bootId.equals(boot) && now.compareTo(at) >= 0;
    Duration away = sameBoot ? now.minus(at) : clamped(Duration.between(wall, wallNow));
    List<Duration> acted =
        log.acted().stream()
            .map(time -> clamped(at.minus(time)).plus(away))
            .filter(age -> age.compareTo(COUNTED) < 0)
            .map(now::minus)
            .toList();
    return new RepairLog(acted, acted.isEmpty() ? 0 : log.failures());
  }

  private static Duration clamped(Duration age) {
    return age.isNegative() ? Duration.ZERO : age.compareTo(COUNTED) > 0 ? COUNTED : age;
  }

  @Override
  public boolean differsFrom(RepairMemory before) {
    return !bootId.equals(before.bootId) || !log.equals(before.log);
  }
}
