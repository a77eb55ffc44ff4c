package io.hasupervisor.decide;

import io.hasupervisor.decide.Phase.Killing;
import io.hasupervisor.decide.Phase.Stuck;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.RunState.Absent;
import io.hasupervisor.observe.RunState.Dead;
import io.hasupervisor.observe.RunState.RestartingByInit;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import java.time.Duration;
import java.util.Optional;

/**
 * Kills one life: consent, evidence, consent to do it now, TERM, KILL, and ends in proof of its
 * death or in STUCK. Until TERM is sent it can still turn back; between the last consent and TERM
 * nothing comes in.
 */
final class Ladder {
  private Ladder() {}

  static Step begin(Policy policy, ServiceState s, Purpose purpose, Because why, Duration now) {
    Optional<Incarnation> victim = victim(s.facts().run().state());
    Killing first = new Killing(KillStep.CONSENT, purpose, now, victim);
    RestartLog log = Backoff.healthEnded(policy, s.log(), now);
    ServiceState condemned = s.with(victim.map(log::withLife).orElse(log));
    return Step.act(
        condemned, first, why, new Action.AskConsent(purpose, Consent.Stage.FIRST), now);
  }

  private static Optional<Incarnation> victim(RunState state) {
    return switch (state) {
      case Running running -> Optional.of(running.incarnation());
      case Stopping stopping -> Optional.of(stopping.incarnation());
      default -> Optional.empty();
    };
  }

  /** A hold ends the ladder, except the one that comes with the order to stop. */
  static boolean mayGoOn(ServiceState s, Killing killing) {
    return s.facts()
        .hold()
        .map(Hold::kind)
        .filter(kind -> kind != Hold.Kind.STOPPED || killing.purpose() != Purpose.OPERATOR_STOP)
        .isEmpty();
  }

  static Step climb(Policy policy, ServiceState s, Killing killing, Duration now) {
    boolean toStop = killing.purpose() == Purpose.OPERATOR_STOP;
    if (!sent(killing) && turnsBack(s, killing)) {
      return ServiceMachine.settle(policy, s, now);
    }
    return switch (s.facts().run().state()) {
      case Running running when replaced(killing, running.incarnation()) ->
          overtaken(policy, s, toStop, now);
      case Stopping stopping when replaced(killing, stopping.incarnation()) ->
          overtaken(policy, s, toStop, now);
      case Running _, Stopping _ -> next(policy, s, killing, now);
      case RestartingByInit _ when toStop ->
          sent(killing) && now.compareTo(killing.until()) >= 0
              ? begin(policy, s, Purpose.OPERATOR_STOP, Because.OPERATOR_STOP, now)
              : next(policy, s, killing, now);
      case RestartingByInit restarting -> ended(policy, s, killing, restarting.exit(), now);
      case Dead dead -> ended(policy, s, killing, dead.exit(), now);
      case Absent _ -> ServiceMachine.settle(policy, s, now);
      case RunState.JobWaiting _, RunState.Unclear _ -> blind(s, killing, now);
    };
  }

  static boolean sent(Killing killing) {
    return killing.step() == KillStep.TERM_SENT || killing.step() == KillStep.KILL_SENT;
  }

  private static boolean replaced(Killing killing, Incarnation now) {
    return killing.victim().isPresent() && !killing.victim().get().id().equals(now.id());
  }

  /** Another life runs: an order to stop meets it as well, everything else is done. */
  private static Step overtaken(Policy policy, ServiceState s, boolean toStop, Duration now) {
    return toStop
        ? begin(policy, s, Purpose.OPERATOR_STOP, Because.OPERATOR_STOP, now)
        : ServiceMachine.settle(policy, s, now);
  }

  private static Step next(Policy policy, ServiceState s, Killing killing, Duration now) {
    Policy.KillPolicy limits = policy.kill();
    boolean inTime = now.compareTo(killing.until()) < 0;
    return switch (killing.step()) {
      case CONSENT -> begin(policy, s, killing.purpose(), why(killing.purpose()), now);
      case CAPTURE ->
          Step.act(
              s,
              killing,
              Because.CAPTURING_EVIDENCE,
              new Action.Capture(killing.purpose(), limits.capture()),
              now);
      case CONFIRM ->
          Step.act(
              s,
              killing,
              Because.CONSENT_ASKED,
              new Action.AskConsent(killing.purpose(), Consent.Stage.NOW),
              now);
      case TERM -> term(limits, s, killing, now);
      case TERM_SENT ->
          inTime ? Step.rest(s, killing, Because.TERM_SENT, now) : kill(limits, s, killing, now);
      case KILL_SENT ->
          inTime
              ? Step.rest(s, killing, Because.KILL_SENT, now)
              : survived(policy, s, killing, now);
    };
  }

  private static Because why(Purpose purpose) {
    return switch (purpose) {
      case HEALTH, STUCK_HOOK -> Because.TOLERANCE_USED_UP;
      case OPERATOR_RESTART -> Because.OPERATOR_RESTART;
      case OPERATOR_STOP -> Because.OPERATOR_STOP;
      case START, OPERATOR_START -> Because.DIED;
    };
  }

  /**
   * Before TERM a ladder turns back when its reason has gone: the service recovered, nobody can say
   * whether it did, its dependency failed, or the order to stop was taken back.
   */
  private static boolean turnsBack(ServiceState s, Killing killing) {
    return switch (killing.purpose()) {
      case HEALTH ->
          switch (s.facts().run().state()) {
            case Stopping _, Dead _, RestartingByInit _ -> false;
            case Running _ -> !s.facts().verdict().confirmed() || !s.facts().waitingOn().isEmpty();
            case RunState.JobWaiting _, RunState.Unclear _, Absent _ -> true;
          };
      case OPERATOR_STOP -> s.facts().hold().isEmpty();
      case OPERATOR_RESTART, STUCK_HOOK, START, OPERATOR_START -> false;
    };
  }

  /**
   * Without evidence nothing more is done to it: its patience lasts until there is some, and what
   * consent was given for before TERM is asked again.
   */
  private static Step blind(ServiceState s, Killing killing, Duration now) {
    KillStep step = sent(killing) ? killing.step() : KillStep.CONSENT;
    Duration until =
        now.compareTo(killing.until()) < 0 ? killing.until() : now.plus(Duration.ofSeconds(1));
    Because why = ServiceMachine.justActed(s) ? s.because() : ServiceMachine.whyBlind(s);
    return Step.rest(s, new Killing(step, killing.purpose(), until, killing.victim()), why, now);
  }

  private static Step survived(Policy policy, ServiceState s, Killing killing, Duration now) {
    Optional<Incarnation> victim = killing.victim().or(() -> victim(s.facts().run().state()));
    Stuck stuck = new Stuck(victim, now, Optional.empty(), false);
    return ServiceMachine.settle(policy, s.with(stuck, Because.SURVIVES_KILL, now), now);
  }

  private static Step term(
      Policy.KillPolicy limits, ServiceState s, Killing killing, Duration now) {
    Duration memory = limits.budgetWindow().plus(limits.slowKillEvery());
    ServiceState counted =
        killing.purpose() == Purpose.HEALTH ? s.with(s.log().withKill(now, memory)) : s;
    Killing sent =
        new Killing(
            KillStep.TERM_SENT, killing.purpose(), now.plus(limits.term()), killing.victim());
    return Step.act(counted, sent, Because.TERM_SENT, new Action.Stop(limits.term()), now);
  }

  private static Step kill(
      Policy.KillPolicy limits, ServiceState s, Killing killing, Duration now) {
    Killing sent =
        new Killing(
            KillStep.KILL_SENT, killing.purpose(), now.plus(limits.kill()), killing.victim());
    return Step.act(s, sent, Because.KILL_SENT, new Action.Kill(killing.victim()), now);
  }

  /** It is dead: by our hand once TERM was sent, else of itself. */
  private static Step ended(
      Policy policy, ServiceState s, Killing killing, Exit exit, Duration now) {
    ServiceState dead =
        sent(killing)
            ? DeadRule.killed(policy, s, exit, now)
            : s.log().down().isPresent() ? s : DeadRule.count(policy, s, exit, now);
    return ServiceMachine.settle(
        policy,
        killing.purpose() == Purpose.OPERATOR_RESTART
            ? Orders.startableAt(dead, now, Because.OPERATOR_RESTART)
            : dead,
        now);
  }
}
