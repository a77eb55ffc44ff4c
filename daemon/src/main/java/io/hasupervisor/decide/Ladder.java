package io.hasupervisor.decide;

import io.hasupervisor.decide.Phase.Killing;
import io.hasupervisor.decide.Phase.Stuck;
import io.hasupervisor.decide.RestartLog.Down;
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
 * Kills one life: consent, evidence, TERM, KILL, and ends in proof of its death or in STUCK. Until
 * TERM is sent it can still turn back.
 */
final class Ladder {
  private Ladder() {}

  static Step begin(ServiceState s, Purpose purpose, Because why, Duration now) {
    Killing first = new Killing(KillStep.CONSENT, purpose, now, victim(s.facts().run().state()));
    return Step.act(s, first, why, new Action.AskConsent(purpose), now);
  }

  private static Optional<Incarnation> victim(RunState state) {
    return switch (state) {
      case Running running -> Optional.of(running.incarnation());
      case Stopping stopping -> Optional.of(stopping.incarnation());
      default -> Optional.empty();
    };
  }

  static Step climb(Policy policy, ServiceState s, Killing killing, Duration now) {
    Optional<Hold> hold = s.facts().hold();
    if (hold.isPresent() && killing.purpose() != Purpose.OPERATOR_STOP) {
      return Step.rest(s, new Phase.Held(hold.get()), Because.HELD, now);
    }
    return switch (s.facts().run().state()) {
      case Running running when replaced(killing, running.incarnation()) ->
          AliveRule.decide(policy, s, running.incarnation(), now);
      case Running _, Stopping _ -> next(policy, s, killing, now);
      case Dead dead -> ended(policy, s, killing, dead.exit(), now);
      case RestartingByInit restarting ->
          killing.purpose() == Purpose.OPERATOR_STOP
              ? next(policy, s, killing, now)
              : DeadRule.leftToInit(policy, s, restarting, now);
      case Absent absent -> ended(policy, s, killing, Exit.unknown(absent.why()), now);
      case RunState.JobWaiting _, RunState.Unclear _ -> Step.rest(s, killing, s.because(), now);
    };
  }

  private static boolean replaced(Killing killing, Incarnation now) {
    return killing.victim().isPresent() && !killing.victim().get().id().equals(now.id());
  }

  private static Step next(Policy policy, ServiceState s, Killing killing, Duration now) {
    Policy.KillPolicy limits = policy.kill();
    boolean inTime = now.compareTo(killing.until()) < 0;
    return switch (killing.step()) {
      case CONSENT -> begin(s, killing.purpose(), s.because(), now);
      case CAPTURE ->
          Step.act(
              s,
              killing,
              Because.CAPTURING_EVIDENCE,
              new Action.Capture(killing.purpose(), limits.capture()),
              now);
      case TERM -> turnsBack(s, killing) ? alive(policy, s, now) : term(limits, s, killing, now);
      case TERM_SENT ->
          inTime ? Step.rest(s, killing, Because.TERM_SENT, now) : kill(limits, s, killing, now);
      case KILL_SENT ->
          inTime
              ? Step.rest(s, killing, Because.KILL_SENT, now)
              : Step.rest(
                  s,
                  new Stuck(killing.victim(), now, Optional.empty(), false),
                  Because.SURVIVES_KILL,
                  now);
    };
  }

  /**
   * A service that recovered, or whose dependency failed, while its evidence was taken, is not
   * killed.
   */
  private static boolean turnsBack(ServiceState s, Killing killing) {
    boolean stillSick =
        s.facts().run().state() instanceof Stopping || s.facts().verdict().confirmed();
    return killing.purpose() == Purpose.HEALTH && !(stillSick && s.facts().waitingOn().isEmpty());
  }

  private static Step alive(Policy policy, ServiceState s, Duration now) {
    return s.facts().run().state() instanceof Running running
        ? AliveRule.decide(policy, s, running.incarnation(), now)
        : Step.rest(s, new Phase.Unknown(), Because.INIT_BUSY, now);
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

  private static Step ended(
      Policy policy, ServiceState s, Killing killing, Exit exit, Duration now) {
    boolean byOurHand =
        killing.step() == KillStep.TERM_SENT || killing.step() == KillStep.KILL_SENT;
    Optional<Hold> hold = s.facts().hold();
    if (killing.purpose() == Purpose.OPERATOR_STOP && hold.isPresent()) {
      Down down = new Down(now, exit, now, Because.HELD);
      return Step.rest(
          s.with(s.log().withDown(down)), new Phase.Held(hold.get()), Because.OPERATOR_STOP, now);
    }
    if (!byOurHand) {
      return DeadRule.decide(policy, s, exit, now);
    }
    ServiceState killed = s.with(s.log().withDown(new Down(now, exit, now, Because.KILLED)));
    return DeadRule.answer(policy, killed, now);
  }
}
