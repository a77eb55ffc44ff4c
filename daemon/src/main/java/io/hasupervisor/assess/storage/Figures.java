package io.hasupervisor.assess.storage;

import java.time.Duration;
import java.util.Locale;

/** Figures as a person reads them, the same in every language of the host. */
final class Figures {
  private Figures() {}

  static String bytes(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / 0x1p30)
        : (bytes >> 20) + " MiB";
  }

  /** Rounded down, so that it never seems to have reached what it has not. */
  static String percent(double part) {
    return (long) Math.floor(part * 100 + 1e-9) + " %";
  }

  static String time(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) >= 0) {
      return time.compareTo(Duration.ofHours(2)) >= 0
          ? time.toHours() + " h"
          : time.toMinutes() + " min";
    }
    return time.toMillis() >= 10_000 || time.toMillis() % 1000 == 0
        ? time.toSeconds() + " s"
        : time.toMillis() + " ms";
  }
}
