package io.hasupervisor.publish;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.LockFacts;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.publish.LockStatus.FreezeStatus;
import io.hasupervisor.publish.LockStatus.HolderStatus;
import io.hasupervisor.publish.LockStatus.PastStatus;
import io.hasupervisor.publish.LockStatus.RollingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The lock by which the masters take turns, for people and for programs. */
public final class LockStatusView {
  private LockStatusView() {}

  /** As last read; {@code now} and {@code wall} are the same moment. */
  public static LockStatus of(LockFacts lock, Duration now, Instant wall) {
    Optional<Duration> age = lock.seen().map(_ -> now.minus(lock.at()));
    Optional<LockDocument> document =
        lock.seen()
            .flatMap(
                seen ->
                    seen instanceof LockSeen.Readable readable
                        ? Optional.of(readable.document())
                        : Optional.empty());
    return new LockStatus(
        document.isPresent(),
        why(lock),
        document.flatMap(LockDocument::holder).map(it -> holder(it, seenSince(lock, now, wall))),
        document
            .flatMap(LockDocument::freeze)
            .map(it -> new FreezeStatus(it.by(), it.why(), it.since())),
        document.stream()
            .flatMap(it -> it.history().stream())
            .map(
                it ->
                    new PastStatus(
                        it.node(), it.action(), it.result().name(), it.began(), it.ended()))
            .toList(),
        document.flatMap(LockDocument::rolling).map(LockStatusView::rolling),
        age.map(wall::minus),
        age.map(Duration::toMillis));
  }

  private static String why(LockFacts lock) {
    String unread =
        lock.seen().isEmpty()
            ? "it was not read yet"
            : lock.seen().get() instanceof LockSeen.Unreadable unreadable ? unreadable.why() : "";
    return lock.failure().map(GateReason::name).orElse(unread);
  }

  private static Optional<Instant> seenSince(LockFacts lock, Duration now, Instant wall) {
    return lock.holderSince().map(since -> wall.minus(now.minus(since)));
  }

  private static HolderStatus holder(LockDocument.Holder it, Optional<Instant> seenSince) {
    return new HolderStatus(
        it.node(),
        it.machineId(),
        it.member().map(EtcdId::decimal),
        it.action(),
        it.reason(),
        it.since(),
        seenSince,
        it.deadline().toSeconds());
  }

  private static RollingStatus rolling(LockDocument.Rolling it) {
    return new RollingStatus(
        it.id(), it.action(), it.by(), it.why(), it.since(), it.masters(), it.done(), it.stopped());
  }
}
