package io.hasupervisor.loop;

import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.manifest.EtcdConsent;
import io.hasupervisor.decide.manifest.EtcdFacts;
import io.hasupervisor.decide.manifest.InFlight;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.RolloutAction.AskConsent;
import io.hasupervisor.decide.manifest.RolloutAction.Occasion;
import io.hasupervisor.decide.manifest.RolloutAction.Place;
import io.hasupervisor.decide.manifest.RolloutEvent.Finished;
import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Carries out the actions of a placement, one after the other: an action that hangs past its limit
 * keeps the next one from beginning, lest it takes effect late.
 */
final class RolloutHands {

  /** Waits until the state is on disk, as far as it can be. */
  @FunctionalInterface
  interface Saved {
    void await() throws InterruptedException;
  }

  /** The wall time from which docker's containers are the action's: set by the worker. */
  private static final class Begun {
    private volatile Instant at;

    Begun(Instant at) {
      this.at = at;
    }
  }

  /** Asked for anew, by what is seen then. */
  private static final Outcome TOO_LATE =
      new Outcome.Refused(
          GateReason.EVIDENCE_OLD.name(),
          "it was allowed, and could not be begun at once, as the disk or this process hung",
          Duration.ofSeconds(30));

  private final ManifestWorld world;
  private final Clock clock;
  private final Saved saved;
  private final Inbox inbox;
  private final RepairConsent consent;
  private final Semaphore turn = new Semaphore(1);

  /** When consent was given to what comes next. Whoever has the turn has this too. */
  private Optional<Duration> consented = Optional.empty();

  RolloutHands(ManifestWorld world, Clock clock, Saved saved, Inbox inbox) {
    this.world = world;
    this.clock = clock;
    this.saved = saved;
    this.inbox = inbox;
    this.consent = new RepairConsent(inbox, Consent.ALWAYS);
  }

  /**
   * Begins; the end is posted once, in bounded time.
   *
   * @param etcd as it was judged last, by which consent may be refused
   */
  void carryOut(InFlight begun, EtcdFacts etcd) {
    Begun placed = new Begun(clock.wall());
    Limited.run(
        "manifests " + begun.action().getClass().getSimpleName(),
        limit(begun.action()),
        () -> inTurn(begun.action(), placed, etcd),
        outcome ->
            inbox.post(
                new Message.Rolled(
                    world, new Finished(begun.number(), outcome, placed.at, clock.now()))));
  }

  private Outcome inTurn(RolloutAction action, Begun placed, EtcdFacts etcd)
      throws InterruptedException {
    turn.acquire();
    try {
      saved.await();
      Optional<Duration> given = consented;
      consented = Optional.empty();
      if (action instanceof Place && given.filter(this::isPast).isPresent()) {
        return TOO_LATE;
      }
      boolean unnoticed = action instanceof Place place && world.standsAs(place.manifest());
      placed.at = unnoticed ? Instant.EPOCH : clock.wall();
      return action instanceof AskConsent ask ? consent(ask, etcd) : world.carryOut(action);
    } finally {
      turn.release();
    }
  }

  private boolean isPast(Duration since) {
    return clock.now().minus(since).compareTo(RepairHands.PROMPT) > 0;
  }

  /** What needs no order must harm no data either; then it is this master's turn, or not. */
  private Outcome consent(AskConsent ask, EtcdFacts etcd) throws InterruptedException {
    if (ask.occasion() != Occasion.ORDERED) {
      Optional<Outcome.Refused> refusal = EtcdConsent.refusal(ask, etcd);
      Outcome outcome = refusal.isPresent() ? refusal.get() : world.carryOut(ask);
      if (!(outcome instanceof Outcome.Done)) {
        return outcome;
      }
    }
    Disruption wanted =
        new Disruption(Disruption.Kind.PLACE, ask.manifest().name(), origin(ask.occasion()));
    Outcome outcome = consent.ask(wanted, Consent.Stage.NOW);
    consented = outcome instanceof Outcome.Done ? Optional.of(clock.now()) : Optional.empty();
    return outcome;
  }

  /** A way back belongs to the order that has failed. */
  private static Disruption.Origin origin(Occasion occasion) {
    return switch (occasion) {
      case ORDERED, ROLL_BACK -> Disruption.Origin.OPERATOR;
      case MISSING, CHANGED -> Disruption.Origin.DAEMON;
    };
  }

  private static Duration limit(RolloutAction action) {
    return switch (action) {
      case RolloutAction.Prepare _ -> Duration.ofMinutes(2);
      case AskConsent _ -> RepairConsent.LIMIT.plusMinutes(1);
      case RolloutAction.StopOldContainer _ -> Duration.ofMinutes(3);
      case RolloutAction.MarkCurrent _,
          RolloutAction.MarkLastKnownGood _,
          RolloutAction.Place _,
          RolloutAction.Quarantine _ ->
          Duration.ofSeconds(40);
    };
  }
}
