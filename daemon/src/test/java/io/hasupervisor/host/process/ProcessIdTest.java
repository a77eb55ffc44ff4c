package io.hasupervisor.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.Libc;
import io.hasupervisor.host.ProcStat;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProcessIdTest {

  @Test
  void startLiesBetweenTheTimesAroundIt() {
    try (RealProcesses real = new RealProcesses()) {
      Duration before = Libc.monotonic();
      ProcessId id = RealProcesses.id(real.sleeper());
      Duration tick = Duration.ofMillis(10);
      assertTrue(id.startedAt().compareTo(before.minus(tick)) >= 0, "not before it was started");
      assertTrue(id.startedAt().compareTo(Libc.monotonic().plus(tick)) <= 0, "not in the future");
    }
  }

  @Test
  void anotherStartTimeIsAnotherProcess() {
    try (RealProcesses real = new RealProcesses()) {
      ProcessId id = RealProcesses.id(real.sleeper());
      assertTrue(id.alive());
      assertFalse(new ProcessId(id.pid(), id.startTicks() + 1).alive());
    }
  }

  @Test
  void zombieIsDead() {
    try (RealProcesses real = new RealProcesses()) {
      // The shell becomes a sleep that never collects its child.
      Process parent = real.start("sh", "-c", "sleep 0.05 & exec sleep 600");
      RealProcesses.until(() -> zombieChild(parent).isPresent());
      ProcessId zombie = ProcessId.of(zombieChild(parent).orElseThrow());
      assertFalse(zombie.alive());
      assertTrue(zombie.stat().isPresent());
    }
  }

  static Optional<ProcStat> zombieChild(Process parent) {
    return parent
        .children()
        .map(child -> ProcStat.of(child.pid()))
        .flatMap(Optional::stream)
        .filter(stat -> !stat.alive())
        .findFirst();
  }

  @Test
  void textIsReadBack() {
    assertEquals(Optional.of(new ProcessId(42, 77)), ProcessId.parse("42:77"));
    assertEquals("42:77", new ProcessId(42, 77).toString());
    for (String bad : new String[] {"", "42", "-1:3", "42:", "a:b", "42:7 ", "99999999999:1"}) {
      assertEquals(Optional.empty(), ProcessId.parse(bad), bad);
    }
  }
}
