package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotifyTest {
  private static final long PID = 42;
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public Duration now() {
          return Duration.ofSeconds(5);
        }

        @Override
        public Instant wall() {
          throw new AssertionError("wall time is for people");
        }
      };

  @TempDir private Path directory;

  @Test
  void tellsReadinessStatusReloadWatchdogAndStop() throws IOException {
    String path = directory.resolve("notify").toString();
    try (DatagramReceiver manager = DatagramReceiver.bind(path)) {
      Notify notify = Notify.from(Map.of("NOTIFY_SOCKET", path), PID, CLOCK);
      notify.ready("two services");
      notify.status("one line\nonly");
      notify.reloading();
      notify.watchdog();
      notify.stopping();
      assertEquals(Optional.of("READY=1\nSTATUS=two services"), manager.poll());
      assertEquals(Optional.of("STATUS=one line only"), manager.poll());
      assertEquals(Optional.of("RELOADING=1\nMONOTONIC_USEC=5000000"), manager.poll());
      assertEquals(Optional.of("WATCHDOG=1"), manager.poll());
      assertEquals(Optional.of("STOPPING=1"), manager.poll());
    }
  }

  @Test
  void speaksToAnAbstractSocket() throws IOException {
    String name = "ha-supervisor-test-" + UUID.randomUUID();
    try (DatagramReceiver manager = DatagramReceiver.bind("\0" + name)) {
      Notify.from(Map.of("NOTIFY_SOCKET", "@" + name), PID, CLOCK).watchdog();
      assertEquals(Optional.of("WATCHDOG=1"), manager.poll());
    }
  }

  @Test
  void saysNothingWithoutAServiceManager() {
    Notify notify = Notify.from(Map.of(), PID, CLOCK);
    notify.ready("nobody hears");
    assertEquals(Optional.empty(), notify.watchdogPeriod());
  }

  @Test
  void bearsAServiceManagerThatHasGone() {
    String gone = directory.resolve("gone").toString();
    Notify.from(Map.of("NOTIFY_SOCKET", gone), PID, CLOCK).watchdog();
  }

  @Test
  void neverWaitsForAServiceManagerThatDoesNotRead() throws IOException {
    String path = directory.resolve("notify").toString();
    try (DatagramReceiver manager = DatagramReceiver.bind(path)) {
      Notify notify = Notify.from(Map.of("NOTIFY_SOCKET", path), PID, CLOCK);
      for (int i = 0; i < 2000; i++) {
        notify.watchdog();
      }
      int taken = 0;
      while (manager.poll().isPresent()) {
        taken++;
      }
      assertTrue(taken > 0 && taken < 2000, "taken: " + taken);
    }
  }

  @Test
  void anInterruptedCallerIsHeardAsWell() throws IOException {
    String path = directory.resolve("notify").toString();
    try (DatagramReceiver manager = DatagramReceiver.bind(path)) {
      Notify notify = Notify.from(Map.of("NOTIFY_SOCKET", path), PID, CLOCK);
      Thread.currentThread().interrupt();
      notify.watchdog();
      assertTrue(Thread.interrupted());
      assertEquals(Optional.of("WATCHDOG=1"), manager.poll());
    }
  }

  @Test
  void readsTheWatchdogPeriodThatIsMeantForThisProcess() {
    assertEquals(Optional.of(Duration.ofSeconds(30)), period("30000000", "42"));
    assertEquals(Optional.empty(), period("30000000", "43"));
    assertEquals(Optional.empty(), period("0", "42"));
    assertEquals(Optional.empty(), period("rubbish", "42"));
    assertEquals(Optional.empty(), period("9223372036854775807", "42"));
    assertEquals(
        Optional.of(Duration.ofSeconds(1)),
        Notify.from(Map.of("WATCHDOG_USEC", "1000000"), PID, CLOCK).watchdogPeriod());
  }

  private static Optional<Duration> period(String micros, String pid) {
    return Notify.from(Map.of("WATCHDOG_USEC", micros, "WATCHDOG_PID", pid), PID, CLOCK)
        .watchdogPeriod();
  }
}
