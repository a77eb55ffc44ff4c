package io.hasupervisor.decide.disruption;

import java.time.Duration;
import java.util.List;

/**
 * Repairs of this host that spent, or may have spent, its vote; it survives the daemon and the boot
 * (control-plane 3.2.6).
 *
 * @param acted monotonic times at which it was let act, oldest first, of the last 24 hours;
 *     negative where before this boot
 * @param failures how many of the newest in a row did not become steady
 */
public record RepairLog(List<Duration> acted, int failures) {
  /** Nothing was ever done. */
  public static final RepairLog EMPTY = new RepairLog(List.of(), 0);

  public RepairLog {
    acted = List.copyOf(acted);
  }
}
