package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.observe.disruption.LockDocument.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repair from the asking to the release, where all goes well. */
final class RepairMachineTest {
  private final Town town = new Town(3);
  private final Daemon m1 = town.master(1);

  @BeforeEach
  void everybodyIsUp() {
    town.passes(Duration.ofSeconds(30));
    town.second();
    m1.told.clear();
  }

  @Test
  void aRepairIsTheLockTheSecondLookTheLeadershipAndEtcdsEndThenTheGrant() {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    town.passes(Duration.ofSeconds(5));
    assertEquals(
        List.of(
            "reads",
            "writes m1",
            "reads",
            "looks",
            "moves the leader to m2",
            "looks",
            "ends etcd 4001",
            "granted"),
        m1.told);
    assertEquals("ACTING", m1.phase());
    assertEquals(Optional.of("m1"), town.holder());
    assertEquals(1, m1.state.log().acted().size());
  }

  @Test
  void theLockIsGivenBackAfterAMinuteOfBeingWell() {
    m1.busy = true;
    m1.asks(Daemon.RESTART);
    town.passes(Duration.ofSeconds(40));
    assertEquals("ACTING", m1.phase());
    m1.recovers();
    town.passes(Duration.ofSeconds(60));
    assertEquals("SETTLING", m1.phase());
    town.passes(Duration.ofSeconds(20));
    assertEquals("IDLE", m1.phase());
    assertEquals(List.of(Result.DONE), town.history());
    assertEquals(Optional.empty(), town.holder());
  }
}
