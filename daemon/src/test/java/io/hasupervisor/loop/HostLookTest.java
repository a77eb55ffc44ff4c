package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looking at this host for a repair, where a disk hangs. */
@Timeout(60)
final class HostLookTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final Inbox inbox = new Inbox();
  private final FakeRepair world = new FakeRepair();
  private final RepairHands hands = new RepairHands(world, new HandClock(), () -> {}, inbox);

  private List<HostSeen> seen(int count) throws InterruptedException {
    List<HostSeen> seen = new ArrayList<>();
    while (seen.size() < count) {
      for (Message message : inbox.take(LONG)) {
        RepairNews news = assertInstanceOf(Message.Repaired.class, message).news();
        seen.add(assertInstanceOf(RepairNews.HostLooked.class, news).seen());
      }
    }
    return seen;
  }

  /** Each round began another look: threads without end, and no carrier for what is virtual. */
  @Test
  void aDiskThatHangsHoldsUpOneThreadThatIsNotVirtual() throws Exception {
    CompletableFuture<Void> disk = new CompletableFuture<>();
    AtomicInteger looks = new AtomicInteger();
    List<Boolean> virtual = new ArrayList<>();
    world.looking =
        () -> {
          looks.incrementAndGet();
          virtual.add(Thread.currentThread().isVirtual());
          // No interrupt ends it.
          disk.join();
        };
    for (int n = 0; n < 5; n++) {
      hands.look(Optional.empty());
    }
    for (HostSeen each : seen(5)) {
      assertInstanceOf(ProcessSeen.Unknown.class, each.process());
    }
    assertEquals(1, looks.get());
    assertFalse(virtual.getFirst());
    world.looking = () -> {};
    disk.complete(null);
    hands.look(Optional.empty());
    assertInstanceOf(ProcessSeen.Alive.class, seen(1).getFirst().process());
  }
}
