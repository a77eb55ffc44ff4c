package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.systemd.FakeSystemd;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SystemdRunsTest {
  private final FakeSystemd systemd = new FakeSystemd();
  private final SystemdRuns runs = new SystemdRuns(systemd, "k.service", new TickingClock());

  /** One second later at each look at it. */
  private static final class TickingClock implements Clock {
    private int seconds = 100;

    @Override
    public Duration now() {
      return Duration.ofSeconds(seconds++);
    }

    @Override
    public Instant wall() {
      throw new AssertionError("wall time is for people");
    }
  }

  @Test
  void aReportIsAsOldAsTheBeginningOfItsLook() throws InterruptedException {
    systemd.expectFacts("k.service", Units.unit("active", "running").started("id", 7, 1).facts());
    RunReport report = runs.look();
    assertEquals(Duration.ofSeconds(100), report.at());
    assertInstanceOf(RunState.Running.class, report.state());
  }

  @Test
  void aBusThatIsAwayIsNoEvidence() throws InterruptedException {
    systemd.expect("facts k.service", FakeSystemd.unavailable(SystemdUnavailable.Order.UNANSWERED));
    assertEquals(new RunState.Unclear("the bus is away"), runs.look().state());
  }

  @Test
  void aUnitThatSystemdDoesNotKnowIsAbsent() throws InterruptedException {
    systemd.expect("facts k.service", FakeSystemd.refused("NoSuchUnit"));
    assertInstanceOf(RunState.Absent.class, runs.look().state());
  }

  @Test
  void aRefusalToTellIsNoEvidence() throws InterruptedException {
    systemd.expect("facts k.service", FakeSystemd.refused("AccessDenied"));
    assertEquals(
        new RunState.Unclear("systemd does not tell about k.service: words of systemd"),
        runs.look().state());
  }

  @Test
  void passesChangesOnUntilClosed() {
    AtomicInteger changes = new AtomicInteger();
    runs.onChange(changes::incrementAndGet);
    systemd.change();
    runs.close();
    systemd.change();
    assertEquals(1, changes.get());
  }
}
