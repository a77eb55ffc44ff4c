package io.hasupervisor.disruption;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import java.util.Optional;

/** The key in etcd that holds the lock: compared and set by its revision. */
final class Register {
  /** A write that its daemon gave up, and that etcd may still do. */
  record Late(int host, LockDocument next, long expected, long until) {}

  private final World world;
  long revision;
  Optional<LockDocument> lock = Optional.empty();
  boolean garbage;
  boolean full;
  long heldSince;
  Optional<Late> late = Optional.empty();

  Register(World world) {
    this.world = world;
  }

  Register(World world, Register from) {
    this.world = world;
    revision = from.revision;
    lock = from.lock;
    garbage = from.garbage;
    full = from.full;
    heldSince = from.heldSince;
    late = from.late;
  }

  Optional<LockDocument.Holder> holder() {
    return lock.flatMap(LockDocument::holder);
  }

  Optional<LockDocument.Freeze> freeze() {
    return lock.flatMap(LockDocument::freeze);
  }

  /** Drops what is too late, and the holder where a planted fault gives the lock a lease. */
  void pass(long lease) {
    late = late.filter(write -> write.until() > world.now);
    if (lease > 0 && holder().isPresent() && world.now - heldSince >= lease) {
      LockDocument old = lock.orElseThrow();
      world.note("etcd drops the holder: its lease ended");
      set(
          Optional.of(
              new LockDocument(Optional.empty(), old.freeze(), old.history(), old.rolling())));
    }
  }

  /** Sets the lock from outside the daemons' protocol. */
  void set(Optional<LockDocument> next) {
    revision++;
    lock = next;
    garbage = false;
  }

  RepairOutcome compareAndSet(Host host, LockDocument next, long expected) {
    if (full) {
      return new RepairOutcome.Failed(GateReason.LOCK_READ_ONLY, "mvcc: database space exceeded");
    }
    if (expected != (lock.isEmpty() && !garbage ? 0 : revision)) {
      return new RepairOutcome.Lost();
    }
    world.oracle.writes(host, lock.orElse(LockDocument.EMPTY), next);
    if (next.holder().isPresent()
        && !next.holder().map(LockDocument.Holder::nonce).equals(holder().map(h -> h.nonce()))) {
      heldSince = world.now;
    }
    set(Optional.of(next));
    world.note(
        "   lock, revision %d: %s"
            .formatted(revision, holder().map(h -> h.node() + " " + h.action()).orElse("free")));
    return new RepairOutcome.Done(revision);
  }

  LockSeen read() {
    if (garbage) {
      return new LockSeen.Unreadable("no JSON", false, revision);
    }
    return new LockSeen.Readable(lock.orElse(LockDocument.EMPTY), lock.isEmpty() ? 0 : revision);
  }

  /** What was given up long ago happens after all. */
  void applyLate() {
    Late write = late.orElseThrow();
    late = Optional.empty();
    if (world.quorum()) {
      world.note("etcd does the late write of " + Host.name(write.host()));
      compareAndSet(world.hosts[write.host()], write.next(), write.expected());
    }
  }
}
