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

/**
 * Carries out a repair's actions, one after the other: one that hangs past its limit keeps the next
 * from beginning, lest it takes effect late. Each has one end, in bounded time.
 */
final class RepairHands {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Longer than the action itself takes, whichever members it asks. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Waits until the log is on disk, as far as it can be. */
  @FunctionalInterface
  interface Saved {
    void await() throws InterruptedException;
  }

  private final RepairWorld world;
  private final Clock clock;
  private final Saved saved;
  private final Inbox inbox;
  private final Semaphore turn = new Semaphore(1);
  private final OneLook eyes = new OneLook("repair look");

  RepairHands(RepairWorld world, Clock clock, Saved saved, Inbox inbox) {
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

  /** Begins; its end is posted once. A fresh look at etcd is not made here. */
  void carryOut(RepairAction action) {
    Limited.run(
        "repair " + action.getClass().getSimpleName(),
        LIMIT,
        () -> inTurn(action),
        RepairOutcome.Uncertain::new,
        outcome -> post(new RepairNews.Ended(action, outcome, clock.now())));
  }

  private RepairOutcome inTurn(RepairAction action) throws InterruptedException {
    turn.acquire();
    try {
      // What an action will have cost is on the disk before it begins.
      saved.await();
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

  /** Lets the asker act, once what that costs is remembered; told where he has gone meanwhile. */
  void grant(CompletableFuture<Outcome> answer) {
    Thread.ofVirtual()
        .name("repair granted")
        .start(
            () -> {
              try {
                saved.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              if (!answer.complete(new Outcome.Done())) {
                post(new RepairNews.Gone(answer));
              }
            });
  }
}
