package io.hasupervisor.simulation;

import static io.hasupervisor.simulation.Violation.unless;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.InFlight;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutStep;
import io.hasupervisor.decide.manifest.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One master, its placement machine, and everything that goes wrong around them. */
final class RolloutWorld {
  private static final int TRACED = Integer.getInteger("rollout.traced", 60);

  private record Line(Duration now, RolloutEvent event, RolloutStep step) {
    @Override
    public String toString() {
      return "%s %s%n   -> %s %s %s"
          .formatted(
              now,
              event,
              step.next().phase(),
              step.because(),
              step.begin().map(begun -> begun.action().toString()).orElse(""));
    }
  }

  final Chance chance;
  private final RolloutRules rules;
  private final RolloutChaos chaos = new RolloutChaos(this);
  final FakeMaster host;
  final RolloutInvariants invariants;
  private final Deque<Line> trace = new ArrayDeque<>();
  final Set<String> allowed = new HashSet<>();
  RolloutPolicy policy;
  RolloutState state;
  Duration now = Duration.ofHours(1);
  private Duration actionEnds = Duration.ZERO;
  private Duration nextLook = Duration.ZERO;
  private Duration nextPods = Duration.ZERO;
  private Optional<RolloutEvent> late = Optional.empty();
  private final int unrest;
  private boolean calm;
  private long steps;

  RolloutWorld(long seed, RolloutRules rules) {
    this.chance = new Chance(seed);
    this.rules = rules;
    this.host = new FakeMaster(chance);
    this.invariants = new RolloutInvariants(host);
    this.policy = new RolloutPolicy(chance.oneIn(4), chance.oneIn(3), chance.oneIn(3));
    this.unrest = chance.between(30, 250);
    this.state = RolloutState.initial(now);
  }

  long steps() {
    return steps;
  }

  String trace() {
    return trace.stream().map(Line::toString).collect(Collectors.joining("\n"));
  }

  /** Runs about so many steps, then lets everything become well and demands that it does. */
  long run(long wanted) {
    if (!chance.oneIn(4)) {
      wellAtFirst();
    }
    while (steps < wanted) {
      turn();
      if (chance.oneIn(unrest)) {
        chaos.strike();
      }
    }
    settle();
    return steps;
  }

  /** A first revision that runs well: there is a way back from then on. */
  private void wellAtFirst() {
    RolloutPolicy given = policy;
    calm = true;
    step(new RolloutEvent.Ordered(host.revise()));
    host.calm();
    turn(Duration.ofMinutes(25));
    calm = false;
    policy = given;
  }

  private void turn() {
    now = now.plusMillis(chance.between(500, 2500));
    if (host.peersGone(now)) {
      invariants.alone(now);
    }
    host.kubelet(now);
    checkDirectory();
    Optional<InFlight> begun = state.inFlight();
    if (begun.isPresent() && now.compareTo(actionEnds) >= 0) {
      end(begun.get());
    } else if (late.isPresent() && chance.oneIn(begun.isPresent() ? 2 : 40)) {
      RolloutEvent stale = late.get();
      late = Optional.empty();
      step(stale);
    } else if (now.compareTo(nextLook) >= 0) {
      nextLook = now.plusSeconds(chance.between(1, 30));
      step(new RolloutEvent.DirectoryLooked(host.look(now), host.owner));
    } else if (now.compareTo(nextPods) >= 0) {
      nextPods = now.plusSeconds(state.inHaste(now) ? 2 : chance.between(10, 30));
      state.target().map(Target::manifests).orElse(List.of()).forEach(this::look);
    } else {
      step(new RolloutEvent.Ticked());
    }
  }

  private void turn(Duration length) {
    Duration end = now.plus(length);
    while (now.compareTo(end) < 0) {
      turn();
    }
  }

  private void look(Manifest manifest) {
    step(
        new RolloutEvent.PodLooked(
            manifest.name(),
            manifest.sha256(),
            host.verdict(manifest, now),
            host.probe(manifest, now),
            host.made(manifest, now),
            state.facts().placedAt(manifest),
            now));
  }

  void step(RolloutEvent event) {
    RolloutState before = state;
    RolloutStep step = rules.step(policy, before, event, now);
    state = step.next();
    steps++;
    if (trace.size() == TRACED) {
      trace.removeFirst();
    }
    trace.addLast(new Line(now, event, step));
    invariants.check(policy, before, event, step, now);
    invariants.checkRest(rules, policy, state, now);
    step.begin()
        .ifPresent(_ -> actionEnds = now.plusMillis(chance.between(0, calm ? 500 : 40_000)));
  }

  /** Done, not done, done but unknown, or unknown and not done. */
  private void end(InFlight begun) {
    boolean lost = !calm && chance.oneIn(8);
    boolean fails = !calm && (chance.oneIn(8) || host.diskFull);
    Outcome outcome;
    if (begun.action() instanceof RolloutAction.AskConsent && !calm && chance.oneIn(4)) {
      outcome = new Outcome.Refused("quorum", "edge", Duration.ofSeconds(chance.between(1, 90)));
    } else {
      if (!fails) {
        effect(begun.action());
      }
      outcome =
          lost
              ? new Outcome.Uncertain("no end")
              : fails ? new Outcome.Failed("it said no") : new Outcome.Done();
    }
    RolloutEvent.Finished finished =
        new RolloutEvent.Finished(begun.number(), outcome, Instant.EPOCH.plus(now), now);
    if (lost) {
      late =
          Optional.of(
              new RolloutEvent.Finished(
                  begun.number(), new Outcome.Done(), Instant.EPOCH.plus(now), now));
    }
    step(finished);
    nextLook = now;
    nextPods = now;
  }

  private void effect(RolloutAction action) {
    switch (action) {
      case RolloutAction.Place place ->
          host.write(place.manifest().file(), place.manifest().text(), now);
      case RolloutAction.MarkCurrent mark -> host.current = Optional.of(mark.revision());
      case RolloutAction.MarkLastKnownGood mark -> host.good = Optional.of(mark.revision());
      case RolloutAction.StopOldContainer stop -> {
        if (host.isOld(stop.manifest(), stop.id())) {
          host.stop(stop.manifest());
        }
      }
      case RolloutAction.Quarantine quarantine -> host.remove(quarantine.file(), now);
      case RolloutAction.Prepare _, RolloutAction.AskConsent _ -> {}
    }
  }

  /** Killed at any point: what was being done has happened or not; what was saved comes back. */
  void restart() {
    state.inFlight().filter(_ -> chance.oneIn(2)).ifPresent(begun -> effect(begun.action()));
    RolloutPhase phase =
        state.phase() instanceof RolloutPhase.Settling
            ? new RolloutPhase.Settling(Optional.empty())
            : state.phase();
    state =
        RolloutState.remembered(
            phase,
            state.target(),
            host.good.map(host::revision),
            state.ordered(),
            state.facts().ours(),
            state.facts().ran(),
            host.current,
            now);
    invariants.restarted();
    late = Optional.empty();
  }

  /** Every file is one whole version, ours or somebody's. */
  private void checkDirectory() {
    host.directory.forEach(
        (file, text) -> {
          String name = file.replace(".yaml", "");
          boolean known =
              allowed.contains(text)
                  || file.endsWith(".bak")
                  || host.store.stream()
                      .anyMatch(
                          target ->
                              target.find(name).filter(m -> m.text().equals(text)).isPresent());
          unless(known, "every file is one whole version");
        });
  }

  /** Everything is well again: whatever was ordered last stands, runs and is known to be good. */
  private void settle() {
    host.calm();
    calm = true;
    policy = new RolloutPolicy(false, false, policy.quarantine());
    boolean ordered = chance.oneIn(2) || host.store.isEmpty();
    turn(Duration.ofMinutes(2));
    if (ordered) {
      step(new RolloutEvent.Ordered(host.revise()));
      host.calm();
    }
    turn(Duration.ofMinutes(40));
    boolean drifted =
        state.target().stream()
            .flatMap(target -> target.manifests().stream())
            .anyMatch(m -> !m.text().equals(host.directory.get(m.file())));
    String where = " but it is " + state.phase() + " " + state.because();
    if (ordered) {
      unless(
          state.phase() instanceof RolloutPhase.Placed
              && state.good().equals(state.target())
              && !drifted,
          "once all is well an order ends PLACED and known to be good," + where);
    } else {
      unless(
          drifted || state.phase().way().isEmpty(),
          "once all is well nothing stays on its way," + where);
    }
  }
}
