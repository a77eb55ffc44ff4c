package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three masters, any order of their doings, answers that are lost or come late, daemons killed. */
final class RandomRepairsTest {
  private static final int STEPS = 3000;

  /** Writes that may yet be done though nobody knows. */
  private final List<RepairAction.WriteLock> late = new ArrayList<>();

  private final Town town = new Town(3);
  private Random chance = new Random();
  private int grants;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whoeverActsHoldsTheLockAndItIsFreeAgainWhenAllIsWell(long seed) {
    chance = new Random(seed);
    for (int i = 0; i < STEPS; i++) {
      Daemon daemon = town.master(1 + chance.nextInt(3));
      int before = daemon.told.size();
      any(daemon);
      check(daemon, before);
    }
    assertTrue(grants > 0, "nothing was ever done");
    late.clear();
    town.changes(LockChange::unfrozen);
    town.daemons.forEach(Daemon::recovers);
    town.daemons.forEach(daemon -> daemon.step(new RepairEvent.Withdrawn()));
    for (Daemon daemon : town.daemons) {
      if (daemon.wanted.isEmpty() && daemon.state.inFlight().isPresent()) {
        daemon.ends(new RepairOutcome.Uncertain("lost"));
      }
    }
    town.passes(Duration.ofMinutes(40));
    assertEquals(Optional.empty(), town.holder());
    town.daemons.forEach(daemon -> assertEquals("IDLE", daemon.phase()));
  }

  private void any(Daemon daemon) {
    switch (chance.nextInt(24)) {
      case 0 -> daemon.asks(Daemon.RESTART);
      case 1 -> {
        if (chance.nextInt(6) == 0) {
          daemon.step(new RepairEvent.Withdrawn());
        }
      }
      case 2 -> {
        if (chance.nextInt(8) == 0) {
          daemon.restarts();
        }
      }
      case 3 ->
          daemon.step(
              new RepairEvent.Served(
                  chance.nextBoolean(), chance.nextBoolean(), chance.nextInt(8) == 0));
      case 4 -> daemon.recovers();
      case 5 -> {
        if (chance.nextInt(20) == 0) {
          town.changes(lock -> LockChange.frozen(lock, new Freeze("anna", "work", town.wall)));
        } else if (chance.nextInt(3) == 0) {
          town.changes(LockChange::unfrozen);
        }
      }
      case 6 -> {
        if (!late.isEmpty()) {
          RepairAction.WriteLock write = late.removeLast();
          town.swap(write.next(), write.expected());
        }
      }
      case 7 -> {
        for (int i = chance.nextInt(200); i > 0; i--) {
          town.second();
        }
        town.daemons.forEach(Daemon::round);
      }
      case 8, 9, 10 -> daemon.round();
      case 11, 12 -> {
        town.second();
        daemon.step(new RepairEvent.Ticked());
      }
      default -> act(daemon);
    }
  }

  private void act(Daemon daemon) {
    if (daemon.wanted.isEmpty()) {
      daemon.step(new RepairEvent.Ticked());
      return;
    }
    RepairAction action = daemon.begins();
    if (action instanceof RepairAction.WriteLock write && chance.nextInt(4) == 0) {
      if (chance.nextBoolean()) {
        daemon.outcome(action);
      } else if (chance.nextBoolean()) {
        late.add(write);
      }
      daemon.ends(new RepairOutcome.Uncertain("timed out"));
    } else {
      daemon.ends(daemon.outcome(action));
    }
  }

  /** What was just said and done was right. */
  private void check(Daemon daemon, int before) {
    for (String word :
        daemon.told.subList(Math.min(before, daemon.told.size()), daemon.told.size())) {
      if (word.startsWith("ends etcd")) {
        assertEquals(Optional.of("m" + daemon.number), town.holder(), daemon.told::toString);
        assertTrue(town.quorum(), daemon.told::toString);
      }
      if (word.equals("granted") && daemon.state.phase() instanceof RepairPhase.Acting acting) {
        grants++;
        assertEquals(Optional.of("m" + daemon.number), town.holder(), acting::toString);
      }
    }
    long acting =
        town.daemons.stream()
            .filter(each -> each.state.phase() instanceof RepairPhase.Acting)
            .count();
    assertTrue(acting <= 1, "two act at once");
  }
}
