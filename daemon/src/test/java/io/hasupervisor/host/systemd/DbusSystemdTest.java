package io.hasupervisor.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a bus in this process, or one that is away, or one that hangs. */
@Timeout(120)
final class DbusSystemdTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private Path directory;
  private final Semaphore changes = new Semaphore(0);

  @Test
  void failsAtOnceWithACureWhileThereIsNoBus() throws Exception {
    try (DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      systemd.watch("k.service", changes::release);
      awaitChange();
      SystemdUnavailable e =
          assertThrows(SystemdUnavailable.class, () -> systemd.facts("k.service"));
      assertEquals(SystemdUnavailable.Order.NOT_GIVEN, e.order());
      assertTrue(e.toString().contains("systemctl status dbus"), e.toString());
    }
  }

  @Test
  void givesUpOnABusThatAcceptsAndSaysNothing() throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket()));
      try (DbusSystemd systemd = DbusSystemd.start(address(), SHORT)) {
        systemd.watch("k.service", changes::release);
        awaitChange();
        SystemdUnavailable e =
            assertThrows(SystemdUnavailable.class, () -> systemd.facts("k.service"));
        assertTrue(e.toString().contains("does not answer"), e.toString());
      }
    }
  }

  @Test
  void subscribesAndPinsAndPassesOrdersOn() throws Exception {
    try (SystemdOnBus bus = new SystemdOnBus(socket());
        DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      systemd.watch("k.service", changes::release);
      awaitChange();
      assertEquals(Set.of("Subscribe", "RefUnit k.service"), twoCalls(bus));
      systemd.start("k.service");
      assertEquals("StartUnit k.service replace", bus.calls.take());
      systemd.restart("k.service");
      assertEquals("RestartUnit k.service replace", bus.calls.take());
      systemd.killMain("k.service", 9);
      assertEquals("KillUnit k.service main 9", bus.calls.take());
    }
  }

  @Test
  void tellsItsVersionAndReadsItsFilesAnew() throws Exception {
    try (SystemdOnBus bus = new SystemdOnBus(socket());
        DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      systemd.watch("k.service", changes::release);
      awaitChange();
      assertEquals(Set.of("Subscribe", "RefUnit k.service"), twoCalls(bus));
      assertEquals(252, SystemdManager.number(systemd.version()));
      systemd.reload();
      assertEquals("Reload", bus.calls.take());
    }
  }

  @Test
  void aVersionIsANumberHoweverItIsWritten() {
    assertEquals(219, SystemdManager.number("systemd 219"));
    assertEquals(249, SystemdManager.number("v249-rc1"));
    assertEquals(0, SystemdManager.number("unknown"));
    assertEquals(0, SystemdManager.number(""));
  }

  @Test
  void readsFactsAsSystemdTypesThem() throws Exception {
    try (SystemdOnBus bus = new SystemdOnBus(socket());
        DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      bus.properties.put("ActiveState", new Variant<>("active"));
      bus.properties.put("MainPID", new Variant<>(new UInt32(4_000_000_000L)));
      bus.properties.put("InvocationID", new Variant<>(new byte[] {(byte) 0xab, 1}));
      systemd.watch("k.service", changes::release);
      awaitChange();
      UnitFacts facts = systemd.facts("k.service");
      assertEquals("active", facts.activeState());
      assertEquals(4_000_000_000L, facts.main().pid());
      assertEquals("ab01", facts.invocationId());
      assertEquals(Duration.ZERO, facts.times().inactiveExit());
    }
  }

  @Test
  void anErrorIsARefusalInSystemdsWords() throws Exception {
    try (SystemdOnBus _ = new SystemdOnBus(socket());
        DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      systemd.watch("k.service", changes::release);
      awaitChange();
      SystemdRefused e = assertThrows(SystemdRefused.class, () -> systemd.start("x.service"));
      assertEquals("Unit x.service not found.", e.getMessage());
    }
  }

  @Test
  void tellsWatchersWhatTheUnitAnnounces() throws Exception {
    try (SystemdOnBus bus = new SystemdOnBus(socket());
        DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      systemd.watch("k.service", changes::release);
      awaitChange();
      bus.announce();
      awaitChange();
    }
  }

  @Test
  void subscribesAnewOnABusThatCameBack() throws Exception {
    try (DbusSystemd systemd = DbusSystemd.start(address(), LIMIT)) {
      systemd.watch("k.service", changes::release);
      for (int i = 0; i < 2; i++) {
        try (SystemdOnBus bus = new SystemdOnBus(socket())) {
          assertEquals(Set.of("Subscribe", "RefUnit k.service"), twoCalls(bus));
        }
      }
    }
  }

  /** This bus hands each call to a thread of its own: either of two may come in first. */
  private static Set<String> twoCalls(SystemdOnBus bus) throws InterruptedException {
    String one = String.valueOf(bus.calls.poll(60, TimeUnit.SECONDS));
    String other = String.valueOf(bus.calls.poll(60, TimeUnit.SECONDS));
    return Set.of(one, other);
  }

  private void awaitChange() throws InterruptedException {
    assertTrue(changes.tryAcquire(60, TimeUnit.SECONDS), "no change was told");
  }

  private Path socket() {
    return directory.resolve("bus");
  }

  private String address() {
    return "unix:path=" + socket();
  }
}
