package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.OneLook;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries out a repair's actions, one after the other: one that hangs past its limit keeps the next
 * from beginning, lest it takes effect late. Each has one end, in bounded time.
 */
class RepairHands {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Longer than the action itself takes, whichever members it asks. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** From a decision to the act: what it rests on is no older (control-plane 3.2.3). */
  static final Duration PROMPT = Duration.ofSeconds(2);

  private static final String LATE =
      "it was not begun in time after it was decided, as the disk, another action or this process"
          + " hung; nothing was done";

  private static final Outcome TOO_LATE =
      new Outcome.Refused(
          GateReason.EVIDENCE_OLD.name(),
          "it was allowed, and could not be begun within "
              + PROMPT.toSeconds()
              + " s, as the disk or this process hung; it is asked for again by itself",
          Duration.ofSeconds(10));

  /** Waits until the log is on disk, as far as it can be. */
  @FunctionalInterface
  interface Saved {
    void await() throws InterruptedException;
  }

  private final RepairWorld world;
  private final Clock clock;
  private final Saved saved;
  private final Inbox inbox;
  private final Duration limit;
  private final Semaphore turn = new Semaphore(1);
  private final OneLook eyes = new OneLook("repair look");

  RepairHands(RepairWorld world, Clock clock, Saved saved, Inbox inbox) {
    this(world, clock, saved, inbox, LIMIT);
  }

  RepairHands(RepairWorld world, Clock clock, Saved saved, Inbox inbox, Duration limit) {
    this.limit = limit;
    this.world = world;
    this.clock = clock;
    this.saved = saved;
    this.inbox = inbox;
  }

  private void post(RepairNews news) {
    inbox.post(new Message.Repaired(world, news));
  }

  /** Looks at this host; it takes some milliseconds, and a sick disk stops nobody for long. */
  void look(Optional<RepairAsk> sake) {
    Limited.run(
        "repair look",
        LOOK,
        () -> eyes.at(() -> world.look(clock.now())),
        why -> HostSeen.unclear(why, clock.now()),
        seen -> post(new RepairNews.HostLooked(seen, sake)));
  }

  /**
   * Begins; its end is posted once. A fresh look at etcd is not made here. What was not begun in
   * time is never begun.
   */
  void carryOut(RepairAction action) {
    Duration decided = clock.now();
    // Whoever sets it has decided: the thread that begins, or the end of its time.
    AtomicBoolean begun = new AtomicBoolean();
    Limited.run(
        "repair " + action.getClass().getSimpleName(),
        limit,
        () -> inTurn(action, decided, begun),
        RepairOutcome.Uncertain::new,
        outcome ->
            post(
                new RepairNews.Ended(
                    action,
                    begun.compareAndSet(false, true) ? notBegun(action) : outcome,
                    clock.now())));
  }

  private RepairOutcome inTurn(RepairAction action, Duration decided, AtomicBoolean begun)
      throws InterruptedException {
    turn.acquire();
    try {
      // What an action will have cost is on the disk before it begins.
      saved.await();
      if (isLate(action, decided) || !begun.compareAndSet(false, true)) {
        return notBegun(action);
      }
      return switch (action) {
        case RepairAction.ReadLock _ -> readLock();
        case RepairAction.WriteLock write -> world.write(write.next(), write.expected());
        case RepairAction.Look _ -> throw new IllegalArgumentException("not done here: " + action);
        case RepairAction.MoveLeader move -> world.moveLeader(move.to());
        case RepairAction.EndEtcd end -> world.endEtcd(end.pid(), end.startTicks());
      };
    } finally {
      turn.release();
    }
  }

  /** The lock guards itself by its revision; what is done to etcd rests on what was just seen. */
  private boolean isLate(RepairAction action, Duration decided) {
    return switch (action) {
      case RepairAction.MoveLeader _, RepairAction.EndEtcd _ -> isPast(decided);
      case RepairAction.ReadLock _, RepairAction.WriteLock _, RepairAction.Look _ -> false;
    };
  }

  private boolean isPast(Duration decided) {
    return clock.now().minus(decided).compareTo(PROMPT) > 0;
  }

  private static RepairOutcome notBegun(RepairAction action) {
    return switch (action) {
      case RepairAction.MoveLeader _, RepairAction.EndEtcd _ ->
          new RepairOutcome.Failed(GateReason.EVIDENCE_OLD, LATE);
      case RepairAction.ReadLock _, RepairAction.WriteLock _, RepairAction.Look _ ->
          new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, LATE);
    };
  }

  /** What was read is posted before the end. */
  private RepairOutcome readLock() throws InterruptedException {
    Duration asked = clock.now();
    Answer<LockSeen> lock = world.lock();
    post(new RepairNews.LockAnswered(lock, asked));
    return switch (lock) {
      case Answer.Got<LockSeen> got -> new RepairOutcome.Done(got.value().revision());
      case Answer.Failed<LockSeen> failed ->
          new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, failed.detail());
      case Answer.NotAsked<LockSeen> not ->
          new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, not.why());
    };
  }

  /**
   * Lets the asker act, once what that costs is remembered; told where he has gone meanwhile, or
   * where it took too long for a vote to be spent.
   */
  void grant(CompletableFuture<Outcome> answer, boolean vote) {
    Duration decided = clock.now();
    Thread.ofVirtual()
        .name("repair granted")
        .start(
            () -> {
              try {
                saved.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              boolean late = vote && isPast(decided);
              if (!answer.complete(late ? TOO_LATE : new Outcome.Done()) || late) {
                post(new RepairNews.Gone(answer));
              }
            });
  }
}
