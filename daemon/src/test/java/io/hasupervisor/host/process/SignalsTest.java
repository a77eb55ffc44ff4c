package io.hasupervisor.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.ProcStat;
import java.io.IOException;
import java.util.List;
import jnr.constants.platform.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SignalsTest {
  private final RealProcesses real = new RealProcesses();

  @AfterEach
  void end() {
    real.close();
  }

  @Test
  void reachesTheProcess() throws Exception {
    Process process = real.sleeper();
    assertTrue(Signals.send(RealProcesses.id(process), Signal.SIGKILL));
    assertEquals(128 + 9, process.waitFor());
  }

  @Test
  void sparesALaterOwnerOfThePid() throws Exception {
    Process process = real.sleeper();
    ProcessId id = RealProcesses.id(process);
    ProcessId before = new ProcessId(id.pid(), id.startTicks() - 1);
    assertFalse(Signals.send(before, Signal.SIGKILL));
    assertFalse(Signals.sendToGroup(before, Signal.SIGKILL));
    assertTrue(process.isAlive());
  }

  @Test
  void saysThatItIsGone() throws Exception {
    Process process = real.sleeper();
    ProcessId id = RealProcesses.id(process);
    RealProcesses.kill(process);
    assertFalse(Signals.send(id, Signal.SIGTERM));
    assertFalse(Signals.sendToGroup(id, Signal.SIGTERM));
  }

  @Test
  void neverSignalsInit() {
    ProcessId init = RealProcesses.id(1);
    assertThrows(IOException.class, () -> Signals.send(init, Signal.SIGURG));
    assertThrows(IOException.class, () -> Signals.sendToGroup(init, Signal.SIGURG));
  }

  @Test
  void groupOfALeaderGoesWhole() throws Exception {
    Process leader = real.start("setsid", "sh", "-c", "sleep 600 & wait");
    RealProcesses.until(() -> leader.children().findFirst().isPresent());
    List<ProcessId> children =
        leader.children().map(child -> RealProcesses.id(child.pid())).toList();
    assertTrue(Signals.sendToGroup(RealProcesses.id(leader), Signal.SIGKILL));
    leader.waitFor();
    RealProcesses.until(() -> children.stream().noneMatch(ProcessId::alive));
  }

  @Test
  void aProcessThatLeadsNoGroupIsSignalledAlone() throws Exception {
    Process process = real.sleeper();
    ProcessId id = RealProcesses.id(process);
    assertFalse(id.stat().map(ProcStat::session).orElseThrow() == id.pid(), "in our own group");
    assertTrue(Signals.sendToGroup(id, Signal.SIGTERM));
    assertEquals(128 + 15, process.waitFor());
  }
}
