package io.hasupervisor.disruption;

import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.LockFacts;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairMachine;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Masters that break one rule each; a search that misses one of them proves nothing. */
final class Faults {
  private static final String VOTE = "\\(a\\)|\\(b\\)";
  private static final String HOLDER = "only by the holder of the lock";
  private static final String BROKEN = "broken only after its deadline";
  private static final Duration LEASE = Duration.ofSeconds(10);

  private Faults() {}

  /**
   * One thing wrong with a shipped master.
   *
   * @param broken what the rule says by which it is to be found, a regular expression
   */
  record Fault(String name, UnaryOperator<Setup> plant, String broken) {}

  static List<Fault> all() {
    return List.of(
        new Fault("does not look again under the lock", rules(Faults::looksOnce), VOTE),
        new Fault(
            "does not read the lock back", rules(Faults::believesItsWrite), HOLDER + "|" + BROKEN),
        new Fault("has a lease on the lock", setup -> setup.withLease(LEASE), HOLDER),
        new Fault("counts members where it needs a proof", rules(Faults::counts), VOTE),
        new Fault("breaks a lock by the wall clock", rules(Faults::breaksByWallClock), BROKEN),
        new Fault("releases before it is steady", rules(Faults::releasesEarly), "\\(c\\)"),
        new Fault("ignores a freeze", rules(Faults::ignoresFreeze), "freeze"),
        new Fault("takes a lock that is held", rules(Faults::ignoresHolder), BROKEN),
        new Fault("believes evidence that is replayed", rules(Faults::believesReplays), VOTE),
        new Fault("does not ask before docker's start", Setup::withoutAskingToStart, HOLDER),
        new Fault("ends etcd however late", Setup::withoutHaste, VOTE),
        new Fault("forgets when it acted", rules(Faults::forgetsItsLog), "again so soon"));
  }

  private static UnaryOperator<Setup> rules(Rules rules) {
    return setup -> setup.with(rules);
  }

  private static RepairStep looksOnce(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    boolean decided =
        switch (state.phase()) {
          case RepairPhase.Locking _, RepairPhase.Confirming _, RepairPhase.Yielding _ -> true;
          case RepairPhase.Idle _,
              RepairPhase.Blocked _,
              RepairPhase.Asking _,
              RepairPhase.Acting _,
              RepairPhase.Settling _,
              RepairPhase.Releasing _ ->
              false;
        };
    RepairEvent told =
        decided && event instanceof RepairEvent.Looked
            ? new RepairEvent.Looked(Falsified.renewed(state.scene(), moment.now()))
            : event;
    return RepairMachine.step(settings, state, told, moment);
  }

  private static RepairStep believesItsWrite(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairEvent told =
        event instanceof RepairEvent.LockRead(LockSeen seen, Duration asked)
                && state.phase() instanceof RepairPhase.Locking locking
            ? new RepairEvent.LockRead(
                Falsified.held(seen, state.self(), locking.nonce(), moment.wall()), asked)
            : event;
    return RepairMachine.step(settings, state, told, moment);
  }

  private static RepairStep counts(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairEvent told =
        event instanceof RepairEvent.Looked(var scene)
            ? new RepairEvent.Looked(Falsified.counted(scene, moment.now()))
            : event;
    return RepairMachine.step(settings, state, told, moment);
  }

  private static RepairStep breaksByWallClock(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    LockFacts lock = state.lock();
    Optional<Duration> since =
        holder(lock).map(one -> moment.now().minus(Duration.between(one.since(), moment.wall())));
    LockFacts believed =
        new LockFacts(
            lock.seen(),
            lock.at(),
            since.isPresent() ? since : lock.holderSince(),
            lock.pastSince(),
            lock.failure());
    return RepairMachine.step(settings, state.knowing(believed), event, moment);
  }

  private static Optional<Holder> holder(LockFacts lock) {
    return lock.seen().orElse(null) instanceof LockSeen.Readable(var document, long _)
        ? document.holder()
        : Optional.empty();
  }

  private static RepairStep releasesEarly(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairState hasty =
        state.phase() instanceof RepairPhase.Settling at && at.wellSince().isPresent()
            ? state.in(
                new RepairPhase.Settling(
                    at.action(),
                    at.nonce(),
                    at.began(),
                    at.subjectWell(),
                    Optional.of(moment.now().minus(settings.steady())),
                    at.unfinished()))
            : state;
    return RepairMachine.step(settings, hasty, event, moment);
  }

  private static RepairStep ignoresFreeze(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairEvent told =
        event instanceof RepairEvent.LockRead(LockSeen seen, Duration asked)
            ? new RepairEvent.LockRead(Falsified.without(seen, false, true), asked)
            : event;
    return RepairMachine.step(settings, state, told, moment);
  }

  private static RepairStep ignoresHolder(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    boolean own =
        event instanceof RepairEvent.LockRead(LockSeen.Readable(var document, long _), Duration _)
            && document.holder().filter(h -> h.node().equals(state.self().node())).isPresent();
    RepairEvent told =
        event instanceof RepairEvent.LockRead(LockSeen seen, Duration asked) && !own
            ? new RepairEvent.LockRead(Falsified.without(seen, true, false), asked)
            : event;
    return RepairMachine.step(settings, state, told, moment);
  }

  private static RepairStep believesReplays(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    RepairEvent told =
        event instanceof RepairEvent.Looked(var scene)
            ? new RepairEvent.Looked(Falsified.renewed(scene, moment.now()))
            : event;
    return RepairMachine.step(settings, state, told, moment);
  }

  private static RepairStep forgetsItsLog(
      RepairSettings settings, RepairState state, RepairEvent event, Moment moment) {
    return RepairMachine.step(settings, state.logged(RepairLog.EMPTY), event, moment);
  }
}
