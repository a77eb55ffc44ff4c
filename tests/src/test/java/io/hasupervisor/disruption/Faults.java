package io.hasupervisor.disruption;

import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.LockFacts;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairMachine;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Masters that break one rule each; a search that misses one of them proves nothing. */
final class Faults {
  private Faults() {}

  /** Each by its name, made of a shipped one. */
  static Map<String, UnaryOperator<Setup>> all() {
    Map<String, UnaryOperator<Setup>> faults = new LinkedHashMap<>();
    faults.put("does not look again under the lock", rules(Faults::looksOnce));
    faults.put("does not read the lock back", rules(Faults::believesItsWrite));
    faults.put("has a lease on the lock", setup -> setup.withLease(Duration.ofSeconds(10)));
    faults.put("counts members where it needs a proof", rules(Faults::counts));
    faults.put("breaks a lock by the wall clock", rules(Faults::breaksByWallClock));
    faults.put("releases before it is steady", rules(Faults::releasesEarly));
    faults.put("ignores a freeze", rules(Faults::ignoresFreeze));
    faults.put("takes a lock that is held", rules(Faults::ignoresHolder));
    faults.put("believes evidence that is replayed", rules(Faults::believesReplays));
    faults.put("does not ask before docker's start", Setup::withoutAskingToStart);
    faults.put("forgets when it acted", rules(Faults::forgetsItsLog));
    return faults;
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
        event instanceof RepairEvent.Finished(RepairOutcome.Uncertain _, Duration at)
                && state.inFlight().orElse(null) instanceof RepairAction.WriteLock write
            ? new RepairEvent.Finished(new RepairOutcome.Done(write.expected() + 1), at)
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
    return RepairMachine.step(settings, Falsified.with(state, believed), event, moment);
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
            ? Falsified.with(
                state,
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
    return RepairMachine.step(settings, Falsified.with(state, RepairLog.EMPTY), event, moment);
  }
}
