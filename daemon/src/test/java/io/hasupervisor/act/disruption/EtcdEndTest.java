package io.hasupervisor.act.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.process.ProcessId;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes in place of etcd. */
@Timeout(60)
final class EtcdEndTest {
  private static Process run(String... argv) throws IOException {
    return new ProcessBuilder(argv).start();
  }

  private static ProcessId id(Process process) {
    return ProcessId.of(process.pid()).orElseThrow();
  }

  @Test
  void aProcessThatTakesTermEndsAndThatIsWaitedFor() throws Exception {
    Process etcd = run("sleep", "600");
    assertEquals(new RepairOutcome.Done(0), EtcdEnd.end(id(etcd)));
    assertEquals(128 + 15, etcd.waitFor());
  }

  @Test
  void oneThatHasEndedAlreadyIsDone() throws Exception {
    Process etcd = run("sleep", "600");
    ProcessId id = id(etcd);
    var _ = etcd.destroyForcibly().onExit().join();
    assertEquals(new RepairOutcome.Done(0), EtcdEnd.end(id));
  }

  @Test
  void aLaterOwnerOfThePidIsNotSignalled() throws Exception {
    Process other = run("sleep", "600");
    try {
      ProcessId before = new ProcessId(other.pid(), id(other).startTicks() - 1);
      assertEquals(new RepairOutcome.Done(0), EtcdEnd.end(before));
      assertTrue(other.isAlive());
    } finally {
      var _ = other.destroyForcibly().onExit().join();
    }
  }

  @Test
  void oneThatDoesNotEndIsLeftAloneAndNobodyKnows() throws Exception {
    Process etcd = run("sh", "-c", "trap '' TERM; echo ready; while :; do read x; done");
    try {
      assertEquals('r', etcd.getInputStream().read());
      RepairOutcome outcome = EtcdEnd.end(id(etcd), Duration.ofMillis(200));
      assertInstanceOf(RepairOutcome.Uncertain.class, outcome);
      assertTrue(etcd.isAlive(), "nothing harder than TERM is sent");
    } finally {
      var _ = etcd.destroyForcibly().onExit().join();
    }
    assertFalse(etcd.isAlive());
  }

  @Test
  void initIsNeverSignalled() throws Exception {
    assertInstanceOf(RepairOutcome.Failed.class, EtcdEnd.end(new ProcessId(1, 0)));
  }
}
