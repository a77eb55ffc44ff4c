package io.hasupervisor.simulation;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What goes wrong, and what people do meanwhile. */
final class Chaos {
  private enum Guard {
    CONSENTS,
    /** Consents at first, and not when it comes to acting. */
    WAVERS,
    REFUSES,
    FAILS
  }

  private final World world;
  private Guard guard = Guard.CONSENTS;
  private boolean killFails;

  Chaos(World world) {
    this.world = world;
  }

  /** Nothing changes any more, nobody holds anything back. */
  void end() {
    world.unit.calm();
    guard = Guard.CONSENTS;
    killFails = false;
    world.dependencies(List.of());
    world.step(new Event.Ordered(new Order.Release("root")));
  }

  /** One thing happens. */
  void strike() {
    Unit unit = world.unit;
    Chance chance = world.chance;
    switch (chance.between(0, 27)) {
      case 0, 1, 2 -> unit.crash(world.now());
      case 3, 4, 5 -> unit.sick = true;
      case 6 -> unit.sick = false;
      case 7 -> unit.ignoresTerm = !unit.ignoresTerm;
      case 8 -> unit.unkillable = chance.oneIn(2) && !unit.unkillable;
      case 9 -> unit.startFails = !unit.startFails;
      case 10 -> unit.crashesAtOnce = !unit.crashesAtOnce;
      case 11 -> unit.slowStart = !unit.slowStart;
      case 12 -> unit.absent = chance.oneIn(2) && !unit.absent;
      case 13 -> unit.jobWaiting = chance.oneIn(2) && !unit.jobWaiting;
      case 14 -> unit.initRestarts = !unit.initRestarts;
      case 15 -> unit.initBreaksItsWord = !unit.initBreaksItsWord;
      case 16 -> unit.busLost = !unit.busLost;
      case 17 -> unit.probesBroken = !unit.probesBroken;
      case 18 -> unit.stop(world.now());
      case 19 -> unit.replace(world.now());
      case 20 -> unit.startOutside(world.now());
      case 21 -> guard = Guard.values()[chance.between(0, 3)];
      case 22 -> world.beLate(chance.between(2000, 30_000));
      case 23 -> world.seenAgain();
      case 24 -> world.step(new Event.CauseChanged("/etc/x"));
      case 25 -> world.dependencies(missing());
      case 26 -> killFails = !killFails;
      default -> world.step(new Event.Ordered(order()));
    }
  }

  private List<Event.Dependency> missing() {
    return world.policy.dependsOn().isEmpty() || world.chance.oneIn(2)
        ? List.of()
        : List.of(new Event.Dependency("docker", world.chance.oneIn(2)));
  }

  private Order order() {
    return switch (world.chance.between(0, 6)) {
      case 0 -> new Order.Start("root");
      case 1 -> new Order.Stop(hold(Hold.Kind.STOPPED));
      case 2 -> new Order.Restart("root");
      case 3 -> new Order.Retry("root");
      case 4 -> new Order.Keep(hold(Hold.Kind.OPERATOR));
      default -> new Order.Release("root");
    };
  }

  private Hold hold(Hold.Kind kind) {
    Optional<Duration> until =
        world.chance.oneIn(4)
            ? Optional.empty()
            : Optional.of(world.time().plusMillis(world.chance.between(1, 30_000)));
    return new Hold(kind, "root", "test", until);
  }

  /** What an action really does. */
  Outcome effect(Action action) {
    return switch (action) {
      case Action.Start _ when guard == Guard.REFUSES && world.chance.oneIn(4) -> refused();
      case Action.Start _ -> outcome(world.unit.start(world.now()));
      case Action.Stop _ -> outcome(world.unit.stop(world.now()));
      case Action.Kill kill -> {
        if (!killFails) {
          world.unit.kill(kill.victim(), world.now());
        }
        yield outcome(!killFails);
      }
      case Action.AskConsent ask ->
          switch (guard) {
            case CONSENTS -> new Outcome.Done();
            case WAVERS -> ask.stage() == Consent.Stage.FIRST ? new Outcome.Done() : refused();
            case REFUSES -> refused();
            case FAILS -> new Outcome.Failed("etcd does not answer");
          };
      case Action.Capture _ -> outcome(!world.chance.oneIn(5));
      case Action.RunHook _ -> new Outcome.Done();
    };
  }

  private Outcome refused() {
    return new Outcome.Refused(
        "quorum", "edge", Duration.ofMillis(world.chance.between(0, 20_000)));
  }

  private static Outcome outcome(boolean done) {
    return done ? new Outcome.Done() : new Outcome.Failed("it said no");
  }
}
