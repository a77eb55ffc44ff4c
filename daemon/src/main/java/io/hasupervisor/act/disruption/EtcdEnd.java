package io.hasupervisor.act.disruption;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.process.ProcessId;
import io.hasupervisor.host.process.Signals;
import java.io.IOException;
import java.time.Duration;
import jnr.constants.platform.Signal;

/**
 * Asks this host's etcd to end, as a pod's end would: it hands leadership over and closes its
 * database. Without docker, which may hang; nothing harder than TERM is ever sent.
 */
public final class EtcdEnd {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration EVERY = Duration.ofMillis(50);

  private EtcdEnd() {}

  /** Signals exactly this process, and waits ten seconds at most for its end. */
  public static RepairOutcome end(ProcessId etcd) throws InterruptedException {
    return end(etcd, PATIENCE);
  }

  static RepairOutcome end(ProcessId etcd, Duration patience) throws InterruptedException {
    try {
      boolean _ = Signals.send(etcd, Signal.SIGTERM);
    } catch (IOException e) {
      return new RepairOutcome.Failed(
          GateReason.BUSY, "etcd was not asked to end: " + e.getMessage());
    }
    long end = System.nanoTime() + patience.toNanos();
    while (etcd.alive()) {
      if (System.nanoTime() - end >= 0) {
        return new RepairOutcome.Uncertain(
            "etcd (process "
                + etcd.pid()
                + ") was asked to end, and had not ended after "
                + patience.toSeconds()
                + " s");
      }
      Thread.sleep(EVERY);
    }
    return new RepairOutcome.Done(0);
  }
}
