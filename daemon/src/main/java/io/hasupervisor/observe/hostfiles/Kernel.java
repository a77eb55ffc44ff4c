package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.host.KernelClock;
import io.hasupervisor.host.KernelLog;
import io.hasupervisor.host.KernelLog.Entry;
import io.hasupervisor.host.Libc;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the kernel tells of this host.
 *
 * @param diskErrors what it said of failing disks and file systems since it was started
 * @param now monotonic time
 * @param synchronised whether a program keeps the clock; empty where unknown
 */
public record Kernel(
    Supplier<List<Entry>> diskErrors,
    Supplier<Duration> now,
    Supplier<Optional<Boolean>> synchronised) {
  private static final int LEVEL_ERROR = 3;

  /** Drivers call much an error that is none, such as a disk without a cache. */
  private static final List<String> WORDS =
      List.of(
          "i/o error",
          "medium error",
          "target error",
          "-fs error",
          "btrfs error",
          "corruption",
          "aborting journal",
          "read-only",
          "shutting down filesystem");

  /** A clock is set some time after the start. */
  private static final Duration SETTLED = Duration.ofMinutes(10);

  private static final Kernel THIS = of(new KernelLog(Path.of("/dev/kmsg"), Kernel::diskError));

  /** That of this host; one for the process, since it remembers what it has read. */
  public static Kernel ofThisHost() {
    return THIS;
  }

  private static Kernel of(KernelLog log) {
    return new Kernel(
        log::entries,
        Libc::monotonic,
        () ->
            Libc.sinceBoot().compareTo(SETTLED) < 0
                ? Optional.empty()
                : KernelClock.synchronised());
  }

  static boolean diskError(Entry entry) {
    String text = entry.text().toLowerCase(Locale.ROOT);
    return entry.level() <= LEVEL_ERROR && WORDS.stream().anyMatch(text::contains);
  }
}
