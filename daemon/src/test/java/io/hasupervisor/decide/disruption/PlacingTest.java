package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three masters that are given another etcd and another apiserver in one moment. */
final class PlacingTest {
  private static final Disruption ETCD = placing("etcd");
  private static final Disruption APISERVER = placing("kube-apiserver");

  private final Town town = new Town(3);
  private final List<String> placed = new ArrayList<>();
  private final Map<Integer, List<Disruption>> wanted = new HashMap<>();
  private final Map<Integer, Integer> left = new HashMap<>();

  /** Whose new etcd does not run. */
  private int broken;

  private static Disruption placing(String manifest) {
    return new Disruption(Disruption.Kind.PLACE, manifest, Disruption.Origin.OPERATOR);
  }

  @BeforeEach
  void everybodyIsUpAndIsGivenTheSameOrder() {
    town.passes(Duration.ofSeconds(90));
    town.daemons.forEach(
        daemon -> wanted.put(daemon.number, new ArrayList<>(List.of(ETCD, APISERVER))));
  }

  /** Who is refused asks again half a minute later; a pod that is changed is away for 20 s. */
  private void passes(int seconds) {
    for (int n = 0; n < seconds; n++) {
      for (Daemon daemon : town.daemons) {
        lives(daemon, n % 30 == 0);
      }
      assertTrue(town.down.size() <= 1, () -> "down together: " + town.down + placed);
      town.passes(Duration.ofSeconds(1));
    }
  }

  private List<Disruption> rest(Daemon daemon) {
    return wanted.computeIfAbsent(daemon.number, _ -> new ArrayList<>());
  }

  private void lives(Daemon daemon, boolean asks) {
    List<Disruption> rest = rest(daemon);
    boolean granted = !daemon.told.isEmpty() && daemon.told.getLast().equals("granted");
    if (granted && (!daemon.busy || daemon.failed)) {
      places(daemon, rest.getFirst());
    } else if (daemon.busy && left.merge(daemon.number, -1, Integer::sum) == 0) {
      daemon.failed = daemon.number == broken;
      daemon.busy = daemon.failed;
      if (!daemon.failed) {
        town.recovers(daemon.number);
        daemon.well = true;
        rest.removeFirst();
      }
    } else if (asks && !rest.isEmpty() && !waits(daemon) && (!daemon.busy || daemon.failed)) {
      daemon.asks(rest.getFirst());
    }
  }

  private void places(Daemon daemon, Disruption what) {
    placed.add("m" + daemon.number + " " + what.subject());
    daemon.told.add("places");
    daemon.busy = true;
    daemon.well = false;
    left.put(daemon.number, 20);
    if (what.equals(ETCD)) {
      town.fails(daemon.number);
    }
  }

  private static boolean waits(Daemon daemon) {
    return switch (daemon.state.phase()) {
      case RepairPhase.Asking _,
          RepairPhase.Locking _,
          RepairPhase.Confirming _,
          RepairPhase.Yielding _,
          RepairPhase.Acting _ ->
          true;
      case RepairPhase.Idle _,
          RepairPhase.Blocked _,
          RepairPhase.Settling _,
          RepairPhase.Releasing _ ->
          false;
    };
  }

  @Test
  void oneMasterAtATimeChangesOneOfThemAndAllAreChangedInTheEnd() {
    passes(1800);
    assertEquals(
        Stream.of(1, 2, 3)
            .flatMap(n -> Stream.of("m" + n + " etcd", "m" + n + " kube-apiserver"))
            .toList(),
        placed.stream().sorted().toList());
    assertEquals(6, town.history().stream().filter(Result.DONE::equals).count());
    assertTrue(town.document().freeze().isEmpty());
  }

  @Test
  void nobodyEndsEtcdForIt() {
    passes(1800);
    assertTrue(
        town.daemons.stream()
            .flatMap(daemon -> daemon.told.stream())
            .noneMatch(told -> told.startsWith("ends")));
  }

  /** Whoever is first gets an etcd that does not run, and it is known that it does not. */
  private Daemon firstFails() {
    passes(5);
    Daemon first = town.master(Integer.parseInt(town.holder().orElseThrow().substring(1)));
    broken = first.number;
    passes(28);
    assertEquals(List.of("m" + broken + " etcd"), placed);
    return first;
  }

  @Test
  void theFirstFailureStopsItForTheOthersBeforeTheyAreChanged() {
    Daemon first = firstFails();
    assertEquals(
        "place etcd on m" + first.number + " did not end well",
        town.document().freeze().orElseThrow().why());
    assertEquals(Optional.of("m" + first.number), town.holder());
    assertEquals("REPAIR_UNFINISHED", first.phase());
  }

  @Test
  void theWayBackIsNotHeldUpByTheFreezeThatItsFailureCaused() {
    Daemon first = firstFails();
    broken = 0;
    passes(60);
    assertEquals(2, placed.size(), placed::toString);
    assertEquals(placed.getFirst(), placed.getLast());
    rest(first).clear();
    passes(120);
    assertEquals(Optional.empty(), town.holder());
    assertEquals(
        List.of(Result.FAILED, Result.DONE),
        town.history().stream().filter(it -> it != Result.NOT_NEEDED).toList());
    passes(300);
    assertEquals(2, placed.size(), placed::toString);
    Daemon other = town.master(first.number % 3 + 1);
    assertTrue(other.told.contains("refused FROZEN"), other.told::toString);
    town.changes(LockChange::unfrozen);
    passes(1200);
    assertEquals(6, placed.size(), placed::toString);
    assertTrue(
        placed.stream().skip(2).noneMatch(it -> it.startsWith("m" + first.number)),
        placed::toString);
  }

  @Test
  void anOperatorsFreezeHoldsUpTheWayBackToo() {
    Daemon first = firstFails();
    Freeze freeze = new Freeze("eva", "hands off", town.wall);
    town.changes(lock -> LockChange.frozen(LockChange.unfrozen(lock), freeze));
    broken = 0;
    passes(90);
    assertEquals(1, placed.size(), placed::toString);
    assertTrue(first.told.contains("refused FROZEN"), first.told::toString);
  }

  @Test
  void theApiserverIsNotChangedBeforeEtcdHasBeenWellForAMinute() {
    passes(75);
    Daemon first = town.master(Integer.parseInt(placed.getFirst().substring(1, 2)));
    assertEquals(List.of(APISERVER), rest(first));
    assertEquals(1, placed.size(), placed::toString);
    assertEquals("SETTLING", first.phase());
    assertTrue(first.told.getLast().startsWith("refused"), first.told::toString);
  }

  @Test
  void onTwoMastersAnOrderedEtcdWaitedForEverUnlessAnOperatorAcceptsThat() {
    Town two = new Town(2);
    two.passes(Duration.ofSeconds(90));
    Daemon m1 = two.master(1);
    m1.asks(ETCD);
    two.passes(Duration.ofMinutes(20));
    m1.asks(ETCD);
    assertTrue(m1.told.contains("refused QUORUM_STATE"), m1.told::toString);
    assertTrue(m1.told.stream().noneMatch("granted"::equals), m1.told::toString);
    m1.step(new RepairEvent.Accepted(Acceptance.of("etcd", "eva", two.now)));
    m1.busy = true;
    m1.asks(ETCD);
    two.passes(Duration.ofSeconds(30));
    assertEquals("granted", m1.told.getLast(), m1.told::toString);
    assertEquals(Optional.of("m1"), two.holder(), "under the lock, where there is one");
  }

  @Test
  void theWayBackOfAnAcceptedOrderIsAcceptedToo() {
    Town two = new Town(2);
    two.passes(Duration.ofSeconds(90));
    Daemon m1 = two.master(1);
    m1.step(new RepairEvent.Accepted(Acceptance.of("etcd", "eva", two.now)));
    m1.busy = true;
    m1.asks(ETCD);
    two.passes(Duration.ofSeconds(30));
    m1.failed = true;
    m1.well = false;
    two.passes(Duration.ofSeconds(20));
    m1.asks(ETCD);
    two.passes(Duration.ofSeconds(30));
    assertEquals(2, m1.told.stream().filter("granted"::equals).count(), m1.told::toString);
  }
}
