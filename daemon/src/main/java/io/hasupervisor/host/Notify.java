package io.hasupervisor.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Tells the service manager how this daemon is (sd_notify(3)); without one, says nothing. Never
 * waits: a message that is not taken at once is dropped.
 */
public final class Notify {
  private final Optional<String> socket;
  private final Optional<Duration> watchdogPeriod;
  private final Clock clock;

  private Notify(Optional<String> socket, Optional<Duration> watchdogPeriod, Clock clock) {
    this.socket = socket;
    this.watchdogPeriod = watchdogPeriod;
    this.clock = clock;
  }

  /** Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID; {@code pid} is this process's. */
  public static Notify from(Map<String, String> environment, long pid, Clock clock) {
    return new Notify(
        Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
            .filter(path -> path.startsWith("/") || path.startsWith("@")),
        watchdogPeriod(environment, pid),
        clock);
  }

  private static Optional<Duration> watchdogPeriod(Map<String, String> environment, long pid) {
    String meant = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 0 && Long.parseLong(meant) == pid
          ? Optional.of(Duration.ofNanos(Math.multiplyExact(micros, 1000L)))
          : Optional.empty();
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Time after which the service manager kills this daemon if {@link #watchdog} has not been
   * called; half of it is a good period.
   */
  public Optional<Duration> watchdogPeriod() {
    return watchdogPeriod;
  }

  /** Started, or reloaded. */
  public void ready(String status) {
    send("READY=1\n" + line(status));
  }

  /** One sentence for {@code systemctl status}. */
  public void status(String status) {
    send(line(status));
  }

  /** Begins to reload; {@link #ready} ends it. */
  public void reloading() {
    send("RELOADING=1\nMONOTONIC_USEC=" + clock.now().toNanos() / 1000);
  }

  /** The loop has turned. */
  public void watchdog() {
    send("WATCHDOG=1");
  }

  /** Ends in good order. */
  public void stopping() {
    send("STOPPING=1");
  }

  private static String line(String status) {
    return "STATUS=" + status.replace('\n', ' ');
  }

  private void send(String message) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      UnixDatagram.send(socket.get(), message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      Logger.debug("the service manager did not take {}: {}", message, e.getMessage());
    }
  }
}
