package io.hasupervisor.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Names the present boot, so that what was written in an earlier one is known to be old.
 *
 * @param value the kernel's boot id and the start time of process 1: a container that was restarted
 *     has the same kernel, and yet none of its processes survived
 */
public record BootId(String value) {

  /**
   * The present boot.
   *
   * @throws IOException where /proc is not mounted
   */
  public static BootId read() throws IOException {
    String kernel = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    long first = ProcStat.of(1).map(ProcStat::startTicks).orElse(0L);
    return new BootId(kernel + ":" + first);
  }
}
