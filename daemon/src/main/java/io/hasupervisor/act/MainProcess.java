package io.hasupervisor.act;

import io.hasupervisor.host.ProcStat;
import io.hasupervisor.observe.Incarnation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import jnr.constants.platform.Signal;
import jnr.posix.POSIXFactory;

/** The main process of one life. */
record MainProcess(Incarnation life) {
  /** Ticks of {@code /proc/PID/stat} in a second (USER_HZ): 100 wherever Java 25 runs on Linux. */
  private static final long TICKS = 100;

  /** A start is stamped in whole ticks, and by systemd on another clock reading. */
  private static final Duration SLACK = Duration.ofSeconds(1);

  private static final int STATUS_LIMIT = 16 * 1024;

  Path directory() {
    return Path.of("/proc", Long.toString(life.pid()));
  }

  /** Why the process with this pid is not surely the one of this life; empty: it is. */
  Optional<String> doubt() {
    Optional<ProcStat> stat = ProcStat.of(life.pid());
    if (stat.isEmpty() || !stat.get().alive()) {
      return Optional.of("process " + life.pid() + " is gone");
    }
    long ticks = stat.get().startTicks();
    boolean same =
        life.id().matches("[0-9]+:[0-9]+")
            ? life.id().equals(life.pid() + ":" + ticks)
            : Duration.ofMillis(ticks * 1000 / TICKS).compareTo(life.startedAt().minus(SLACK)) >= 0;
    return same
        ? Optional.empty()
        : Optional.of("process " + life.pid() + " now is another one: the pid was used again");
  }

  /**
   * Sends the signal, where it will make the process dump itself and not end it.
   *
   * @param name such as {@code USR1}
   * @return why it was not sent; empty: it was
   */
  Optional<String> signal(String name) throws IOException {
    String full = name.toUpperCase(Locale.ROOT);
    Signal signal;
    try {
      signal = Signal.valueOf(full.startsWith("SIG") ? full : "SIG" + full);
    } catch (IllegalArgumentException e) {
      return Optional.of("there is no signal " + name);
    }
    if (!catches(signal.intValue())) {
      return Optional.of(
          "process " + life.pid() + " does not handle " + name + ", which would end it");
    }
    Optional<String> doubt = doubt();
    if (doubt.isEmpty() && POSIXFactory.getNativePOSIX().kill(life.pid(), signal.intValue()) != 0) {
      return Optional.of("the kernel refused it");
    }
    return doubt;
  }

  private boolean catches(int signal) throws IOException {
    byte[] status = IncidentFolder.read(directory().resolve("status"), STATUS_LIMIT);
    return new String(status, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("SigCgt:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigCgt:".length()).strip(), 16))
        .anyMatch(mask -> (mask >>> (signal - 1) & 1) == 1);
  }
}
