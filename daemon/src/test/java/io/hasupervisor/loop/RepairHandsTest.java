package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was decided by what was just seen is done at once, or not at all. */
@Timeout(60)
final class RepairHandsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final RepairAction END = new RepairAction.EndEtcd(100, 5000);

  private final HandClock clock = new HandClock();
  private final Inbox inbox = new Inbox();
  private final FakeRepair world = new FakeRepair();
  private int diskTakes;

  private RepairHands hands() {
    return new RepairHands(world, clock, () -> clock.pass(diskTakes), inbox);
  }

  private RepairNews told() throws InterruptedException {
    return assertInstanceOf(Message.Repaired.class, inbox.take(LONG).getFirst()).news();
  }

  private RepairOutcome ended() throws InterruptedException {
    return assertInstanceOf(RepairNews.Ended.class, told()).outcome();
  }

  private static GateReason reason(RepairOutcome outcome) {
    return assertInstanceOf(RepairOutcome.Failed.class, outcome).reason();
  }

  @Test
  void etcdIsEndedAtOnce() throws Exception {
    diskTakes = 2;
    hands().carryOut(END);
    assertEquals(new RepairOutcome.Done(0), ended());
    assertEquals(List.of("end 100:5000"), world.done);
  }

  @Test
  void aDiskThatHungDoesNotHaveEtcdEndedLate() throws Exception {
    diskTakes = 3;
    hands().carryOut(END);
    assertEquals(GateReason.EVIDENCE_OLD, reason(ended()));
    assertEquals(List.of(), world.done);
  }

  @Test
  void leadershipIsNotMovedLateEither() throws Exception {
    diskTakes = 3;
    hands().carryOut(new RepairAction.MoveLeader(new EtcdId(2)));
    assertEquals(GateReason.EVIDENCE_OLD, reason(ended()));
    assertEquals(List.of(), world.done);
  }

  @Test
  void theLockGuardsItselfAndMayBeWrittenLate() throws Exception {
    diskTakes = 3;
    hands().carryOut(new RepairAction.WriteLock(LockDocument.EMPTY, 0));
    assertEquals(new RepairOutcome.Done(10), ended());
  }

  @Test
  void anEndThatWaitedForAnActionThatHungIsNeverMade() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    RepairHands hands =
        new RepairHands(
            world,
            clock,
            () -> {
              // A disk does not hear that it is given up.
              boolean done = false;
              while (!done) {
                try {
                  hangs.await();
                  done = true;
                } catch (InterruptedException deaf) {
                  Thread.onSpinWait();
                }
              }
            },
            inbox,
            Duration.ofMillis(500));
    hands.carryOut(END);
    assertEquals(GateReason.EVIDENCE_OLD, reason(ended()), "certainly not done");
    hands.carryOut(END);
    assertEquals(GateReason.EVIDENCE_OLD, reason(ended()), "nor the one behind it");
    hangs.countDown();
    hands.carryOut(new RepairAction.WriteLock(LockDocument.EMPTY, 0));
    assertInstanceOf(RepairOutcome.Done.class, ended(), "the turn has come round");
    assertEquals(List.of("write nobody"), world.done);
  }

  private Outcome granted(boolean vote) throws Exception {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    hands().grant(answer, vote);
    return answer.get();
  }

  @Test
  void whoWouldSpendAVoteIsNotToldYesLate() throws Exception {
    diskTakes = 1;
    assertEquals(new Outcome.Done(), granted(true));
    diskTakes = 3;
    Outcome late = granted(true);
    assertEquals("EVIDENCE_OLD", assertInstanceOf(Outcome.Refused.class, late).guard());
    assertInstanceOf(RepairNews.Gone.class, told(), "so that nobody waits for his act");
  }

  @Test
  void whereEtcdHasEndedALateYesIsBetterThanNone() throws Exception {
    diskTakes = 3;
    assertEquals(new Outcome.Done(), granted(false));
  }
}
