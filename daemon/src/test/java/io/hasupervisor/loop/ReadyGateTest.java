package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReadyGateTest {
  private static final ApiAnswer WELL = new ApiAnswer.Well(Duration.ofMillis(2));
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final HandClock clock = new HandClock();
  private final FakeEntry world = new FakeEntry();
  private final ReadyGate gate = new ReadyGate(clock);

  private void knows(Optional<ClusterState> etcd) {
    EntryView view = new EntryView(clock.now(), List.of(), Optional.empty(), List.of(), List.of());
    gate.knows(Optional.of(new ReadyGate.Known(world, Optional.of(view), etcd, PERIOD)));
  }

  @Test
  void aHostThatIsNoMasterIsNotReady() {
    assertEquals(
        new ReadyStatus(false, List.of("This host is not configured as a master.")), gate.ready());
  }

  @Test
  void anAnswerIsGoodForASecond() {
    knows(Optional.empty());
    world.ready.add(WELL);
    assertTrue(gate.ready().ready());
    assertTrue(gate.ready().ready());
    assertEquals(1, world.asked.get());
    clock.pass(2);
    world.ready.add(new ApiAnswer.Denied(500));
    var _ = gate.ready();
    assertEquals(2, world.asked.get());
  }

  @Test
  void manyWhoAskAtOnceShareOneQuestion() {
    knows(Optional.empty());
    List<CompletableFuture<ReadyStatus>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(CompletableFuture.supplyAsync(gate::ready, Thread::startVirtualThread));
    }
    world.ready.add(WELL);
    all.forEach(each -> assertTrue(each.join().ready()));
    assertEquals(1, world.asked.get());
  }

  @Test
  void whatTheLoopKnowsOfEtcdCountsBesideTheAnswer() {
    knows(Optional.of(ClusterState.QUORUM_LOST));
    world.ready.add(WELL);
    assertFalse(gate.ready().ready());
    knows(Optional.of(ClusterState.QUORUM_AT_RISK));
    assertTrue(gate.ready().ready());
  }

  @Test
  void whatALoopThatStandsStillKnewOfEtcdCountsNoMore() {
    knows(Optional.of(ClusterState.QUORUM_LOST));
    clock.pass(60);
    world.ready.add(WELL);
    assertTrue(gate.ready().ready());
  }

  @Test
  void anApiserverThatNeverAnswersIsNotReadyInBoundedTime() {
    knows(Optional.empty());
    ReadyStatus status = gate.ready();
    assertFalse(status.ready());
    assertEquals(1, world.asked.get());
  }

  @Test
  void theWorldOfAnotherConfigurationIsAskedAnew() {
    knows(Optional.empty());
    world.ready.add(WELL);
    assertTrue(gate.ready().ready());
    FakeEntry other = new FakeEntry();
    other.ready.add(new ApiAnswer.NotAsked("no file"));
    gate.knows(Optional.of(new ReadyGate.Known(other, Optional.empty(), Optional.empty(), PERIOD)));
    assertFalse(gate.ready().ready());
  }
}
