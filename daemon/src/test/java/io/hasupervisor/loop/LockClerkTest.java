package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.LockOrder;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders about the lock, against a register that others write as well. */
@Timeout(60)
final class LockClerkTest {
  private static final LockOrder FREEZE = new LockOrder.Freeze("switches");

  private final HandClock clock = new HandClock();
  private final Inbox inbox = new Inbox();
  private final FakeRepair world = new FakeRepair();
  private final Queue<RepairOutcome> instead = new ArrayDeque<>();

  private Reply order(LockOrder order) throws Exception {
    world.instead = () -> Optional.ofNullable(instead.poll());
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    new LockClerk(world, "m1", clock, inbox).carryOut(order, "eva", answer);
    return answer.get(30, TimeUnit.SECONDS);
  }

  private LockDocument lock() {
    return assertInstanceOf(LockSeen.Readable.class, world.lock).document();
  }

  private List<Message> posted() throws InterruptedException {
    return inbox.take(Duration.ofMillis(10));
  }

  @Test
  void anOrderIsWrittenReadAgainAndTold() throws Exception {
    Reply reply = order(FREEZE);
    assertEquals(0, reply.exit(), reply.body());
    assertEquals("eva on m1", lock().freeze().orElseThrow().by());
    Message.Repaired told = assertInstanceOf(Message.Repaired.class, posted().getFirst());
    RepairNews.LockOrdered news = assertInstanceOf(RepairNews.LockOrdered.class, told.news());
    assertEquals("LOCK_FROZEN", news.code());
    assertTrue(news.told().startsWith("eva on m1: "), news.told());
    assertEquals(world.lock, news.lock());
  }

  @Test
  void whoWasOvertakenReadsAnewAndTriesAgain() throws Exception {
    instead.add(new RepairOutcome.Lost());
    instead.add(new RepairOutcome.Lost());
    assertEquals(0, order(FREEZE).exit());
    assertTrue(lock().freeze().isPresent());
  }

  @Test
  void whoWasOvertakenThreeTimesIsToldThatNothingWasChanged() throws Exception {
    for (int n = 0; n < 3; n++) {
      instead.add(new RepairOutcome.Lost());
    }
    Reply reply = order(FREEZE);
    assertEquals(1, reply.exit());
    assertTrue(reply.body().contains("nothing was changed"), reply.body());
    assertEquals(List.of(), posted());
  }

  @Test
  void whatWasWrittenThoughNobodySaidSoIsDone() throws Exception {
    world.writesFirst = true;
    instead.add(new RepairOutcome.Uncertain("timeout"));
    Reply reply = order(FREEZE);
    assertEquals(0, reply.exit(), reply.body());
    assertEquals(1, posted().size());
  }

  @Test
  void aFullDatabaseAndAnUnreachableEtcdAreToldWithTheirCure() throws Exception {
    instead.add(new RepairOutcome.Failed(GateReason.LOCK_READ_ONLY, "no space"));
    assertTrue(order(FREEZE).body().contains("NOSPACE"));
    world.reachable = false;
    Reply reply = order(FREEZE);
    assertEquals(1, reply.exit());
    assertTrue(reply.body().contains("nothing listens there"), reply.body());
    assertTrue(reply.body().contains("ha-supervisor etcd status"), reply.body());
  }

  @Test
  void whatNobodyHoldsIsRefusedWithoutWriting() throws Exception {
    assertEquals(1, order(new LockOrder.Break()).exit());
    assertEquals(List.of(), world.done);
  }
}
