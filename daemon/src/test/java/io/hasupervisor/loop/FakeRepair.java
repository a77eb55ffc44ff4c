package io.hasupervisor.loop;

import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A lock in memory, and a host whose etcd is as the test says. */
final class FakeRepair implements RepairWorld {
  final List<String> done = new CopyOnWriteArrayList<>();
  private final AtomicLong nonces = new AtomicLong();
  volatile ProcessSeen process = new ProcessSeen.Alive(100, 'S', 5000);
  volatile boolean liveRestore;
  volatile boolean maintenance;
  volatile boolean reachable = true;
  volatile Supplier<Optional<RepairOutcome>> instead = Optional::empty;
  volatile boolean writesFirst;
  volatile RepairOutcome reboots = new RepairOutcome.Done(0);
  volatile Runnable took = () -> {};
  volatile Runnable ending = () -> {};
  volatile Runnable looking = () -> {};
  volatile LockSeen lock = new LockSeen.Readable(LockDocument.EMPTY, 0);

  @Override
  public String identity() {
    return "machine/m1";
  }

  @Override
  public String nonce() {
    return "nonce-" + nonces.incrementAndGet();
  }

  @Override
  public HostSeen look(Duration now) {
    looking.run();
    return new HostSeen(process, now, liveRestore, maintenance, true);
  }

  @Override
  public synchronized Answer<LockSeen> lock() {
    took.run();
    return reachable
        ? new Answer.Got<>(lock, Duration.ofMillis(1))
        : new Answer.Failed<>(Fault.REFUSED, "nothing listens there", Duration.ZERO);
  }

  @Override
  public synchronized RepairOutcome write(LockDocument next, long expected) {
    took.run();
    done.add("write " + next.holder().map(LockDocument.Holder::action).orElse("nobody"));
    Optional<RepairOutcome> told = instead.get();
    if (told.isPresent()) {
      lock = writesFirst ? new LockSeen.Readable(next, expected + 10) : lock;
      return told.get();
    }
    if (lock.revision() != expected) {
      return new RepairOutcome.Lost();
    }
    lock = new LockSeen.Readable(next, expected + 10);
    return new RepairOutcome.Done(expected + 10);
  }

  @Override
  public RepairOutcome moveLeader(EtcdId to) {
    done.add("move leader to " + to);
    return new RepairOutcome.Done(0);
  }

  @Override
  public RepairOutcome reboot() {
    done.add("reboot");
    return reboots;
  }

  @Override
  public RepairOutcome endEtcd(long pid, long startTicks) {
    done.add("end " + pid + ":" + startTicks);
    ending.run();
    process = new ProcessSeen.Absent();
    return new RepairOutcome.Done(0);
  }
}
