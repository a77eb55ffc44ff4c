package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.process.RealProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The thread that asks round after round. */
@Timeout(60)
final class RoundWatchTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Inbox inbox = new Inbox();
  private final AtomicInteger begun = new AtomicInteger();
  private final FakeEtcd world =
      new FakeEtcd() {
        @Override
        public io.hasupervisor.observe.etcd.EtcdRound look() throws InterruptedException {
          begun.incrementAndGet();
          return super.look();
        }
      };
  private final RoundWatch watch =
      new RoundWatch(
          "etcd",
          world.asking(),
          new TickingClock(),
          inbox,
          () -> Optional.of(new Message.EtcdRecalled(world, EtcdMemory.none(), "")),
          Duration.ZERO);

  @AfterEach
  void close() {
    watch.close();
    assertTrue(world.closed);
  }

  private void puts(int rounds) {
    for (int n = 0; n < rounds; n++) {
      world.rounds.add(Rounds.well(Duration.ofSeconds(n), 100));
    }
  }

  /** The loop has taken in what is remembered. */
  private void starts() throws InterruptedException {
    watch.start();
    assertEquals(1, taken(1).size());
    watch.judged(Duration.ZERO);
  }

  private List<Message> taken(int count) throws InterruptedException {
    List<Message> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.addAll(inbox.take(Duration.ofSeconds(20)));
    }
    return taken;
  }

  @Test
  void whatIsRememberedComesBeforeTheFirstRound() throws Exception {
    puts(1);
    watch.start();
    assertInstanceOf(Message.EtcdRecalled.class, taken(1).getFirst());
    assertEquals(List.of(), inbox.take(Duration.ofMillis(50)), "the loop does not turn yet");
    assertEquals(0, begun.get());
    watch.judged(Duration.ZERO);
    assertInstanceOf(Message.EtcdLooked.class, taken(1).getFirst());
  }

  @Test
  void roundsDoNotPileUpWhereTheLoopJudgesNone() throws Exception {
    puts(5);
    starts();
    assertEquals(1, taken(1).size());
    watch.look();
    watch.look();
    assertEquals(List.of(), inbox.take(Duration.ofMillis(50)));
    assertEquals(1, begun.get());
    watch.judged(Duration.ZERO);
    assertEquals(1, taken(1).size());
    assertEquals(2, begun.get());
  }

  @Test
  void theNextRoundIsDueWhenTheLoopSaysAndSoonerWhereItIsWanted() throws Exception {
    puts(2);
    starts();
    assertEquals(1, taken(1).size());
    watch.judged(LONG);
    assertEquals(List.of(), inbox.take(Duration.ofMillis(50)));
    watch.look();
    assertInstanceOf(Message.EtcdLooked.class, taken(1).getFirst());
  }

  @Test
  void aRoundThatFailsByABugIsFollowedByTheNext() throws Exception {
    world.bugs.add(new IllegalStateException("a bug"));
    puts(1);
    starts();
    assertEquals(1, taken(1).size());
    assertEquals(2, begun.get());
  }

  @Test
  void aHangingRoundEndsWithTheWatch() throws Exception {
    starts();
    RealProcesses.until(() -> begun.get() == 1);
    watch.close();
    RealProcesses.until(() -> !watch.alive());
  }
}
