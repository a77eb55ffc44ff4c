package io.hasupervisor.command;

import io.hasupervisor.act.backup.Progress;
import io.hasupervisor.host.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a stream of bytes is: on a terminal on one line, else one line now and then. */
final class ByteProgress implements Progress {
  private static final double MEBIBYTE = 1 << 20;
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private final Duration begun;
  private Duration shown;
  private String line = "";

  ByteProgress(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
    this.begun = clock.now();
    this.shown = begun;
  }

  @Override
  public void received(long bytes, long expected) {
    Duration now = clock.now();
    boolean last = bytes == expected;
    if (last || now.minus(shown).compareTo(terminal ? ON_TERMINAL : ELSEWHERE) >= 0) {
      shown = now;
      line = text(bytes, expected, now.minus(begun));
      if (terminal) {
        out.print("\r" + line + "\033[K");
        out.flush();
      } else if (!last) {
        out.println(line);
        out.flush();
      }
    }
  }

  static String text(long bytes, long expected, Duration took) {
    double seconds = Math.max(0.001, took.toMillis() / 1000.0);
    return "%3d %%  %s of %s  %.1f MiB/s"
        .formatted(
            expected == 0 ? 100 : (int) (100.0 * bytes / expected),
            mebibytes(bytes),
            mebibytes(expected),
            bytes / MEBIBYTE / seconds);
  }

  /** {@code 16.3 MiB}. */
  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
  }

  @Override
  public void reached(Step step) {
    if (step == Step.STREAMED) {
      end();
    }
  }

  /** Whatever comes next begins on a line of its own. */
  void end() {
    if (!line.isEmpty()) {
      out.println(terminal ? "" : line);
      out.flush();
      line = "";
    }
  }
}
