package io.hasupervisor.decide;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event.CauseChanged;
import io.hasupervisor.decide.Event.Dependencies;
import io.hasupervisor.decide.Event.Finished;
import io.hasupervisor.decide.Event.Judged;
import io.hasupervisor.decide.Event.Ordered;
import io.hasupervisor.decide.Event.Seen;
import io.hasupervisor.decide.Event.Ticked;
import io.hasupervisor.decide.Phase.Killing;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.RunState.Running;
import java.time.Duration;
import java.util.Optional;

/**
 * The state machine of one service: first the event becomes a fact, then the facts decide.
 *
 * <p>Who decides what: {@link Orders} an operator's order, {@link Ladder} a service being killed,
 * {@link AliveRule} one that runs, {@link DeadRule} one that does not. While an action is in flight
 * only facts are taken in.
 */
public final class ServiceMachine {
  private ServiceMachine() {}

  /** The next state, at most one action, and why. {@code now} is monotonic and never goes back. */
  public static Step step(Policy policy, ServiceState state, Event event, Duration now) {
    ServiceState next = take(policy, state, event, now);
    return next.inFlight().isPresent()
        ? new Step(next, Optional.empty(), next.because())
        : decide(policy, next, now);
  }

  private static ServiceState take(Policy policy, ServiceState state, Event event, Duration now) {
    Facts facts = state.facts();
    return switch (event) {
      case Seen seen -> seen(state, seen);
      case Judged judged -> state.with(facts.withVerdict(judged.verdict()));
      case Dependencies missing -> dependencies(state, missing, now);
      case Finished finished -> Outcomes.take(policy, state, finished, now);
      case Ordered ordered -> Orders.take(state, ordered.order(), now);
      case CauseChanged _ ->
          cutShort(state.with(state.log().withAttempt(0)), Because.CAUSE_CHANGED, now);
      case Ticked _ -> state;
    };
  }

  /** A life that begins while consent to a start is asked ends the death that it was asked for. */
  private static ServiceState seen(ServiceState state, Seen seen) {
    Facts facts = state.facts();
    Duration at = seen.report().at();
    if (at.compareTo(facts.believeFrom()) < 0 || at.compareTo(facts.run().at()) < 0) {
      return state;
    }
    if (seen.report().state() instanceof Running running && !sameLife(state, running)) {
      facts = facts.withVerdict(Verdict.UNKNOWN);
    }
    ServiceState known = state.with(facts.withRun(seen.report()));
    return seen.report().state() instanceof Running running && state.phase() instanceof Phase.Asking
        ? known.with(state.log().withLife(running.incarnation()))
        : known;
  }

  private static boolean sameLife(ServiceState state, Running running) {
    return state.facts().run().state() instanceof Running before
        && before.incarnation().id().equals(running.incarnation().id());
  }

  private static ServiceState dependencies(ServiceState state, Dependencies event, Duration now) {
    Facts facts = state.facts();
    boolean back = !facts.waitingOn().isEmpty() && event.notHealthy().isEmpty();
    ServiceState next =
        state.with(
            facts.withDependencies(event.notHealthy(), back ? now : facts.dependenciesBackAt()));
    return back ? cutShort(next, Because.DEPENDENCY_BACK, now) : next;
  }

  /** A dead service's delay ends now: its cause has gone. */
  static ServiceState cutShort(ServiceState state, Because why, Duration now) {
    return state
        .log()
        .down()
        .filter(down -> down.nextAt().compareTo(now) > 0 && down.cause() != Because.INIT_RESTARTS)
        .map(down -> state.with(state.log().withDown(down.startingAt(now, why))))
        .orElse(state);
  }

  private static Step decide(Policy policy, ServiceState state, Duration now) {
    ServiceState s = Orders.withoutOverdueHold(state, now);
    return s.phase() instanceof Killing killing && Ladder.mayGoOn(s, killing)
        ? Ladder.climb(policy, s, killing, now)
        : settle(policy, s, now);
  }

  /** What orders, holds and evidence say, whatever was being done before. */
  static Step settle(Policy policy, ServiceState s, Duration now) {
    if (Orders.applies(s)) {
      return Orders.carryOut(policy, s, now);
    }
    Optional<Hold> hold = s.facts().hold();
    if (hold.isPresent() && !AliveRule.unkillable(s)) {
      boolean stopped = hold.get().kind() == Hold.Kind.STOPPED;
      return Step.rest(
          noting(policy, s, now),
          new Phase.Held(hold.get()),
          stopped ? Because.OPERATOR_STOP : Because.HELD,
          now);
    }
    return switch (s.facts().run().state()) {
      case Running running -> AliveRule.decide(policy, s, running.incarnation(), now);
      case RunState.Dead dead -> DeadRule.decide(policy, s, dead.exit(), now);
      case RunState.RestartingByInit restarting -> DeadRule.leftToInit(policy, s, restarting, now);
      case RunState.Stopping stopping -> AliveRule.stopping(policy, s, stopping, now);
      case RunState.JobWaiting _, RunState.Unclear _ -> blind(policy, s, now);
      case RunState.Absent _ -> DeadRule.absent(policy, s, now);
    };
  }

  /**
   * Without evidence the phase stands for as long as it can be true, and nothing is done: consent
   * to a start is asked again once there is evidence.
   */
  private static Step blind(Policy policy, ServiceState s, Duration now) {
    boolean overdue = s.phase().deadline().filter(at -> at.compareTo(now) <= 0).isPresent();
    boolean doubtful =
        s.phase() instanceof Phase.Healthy && s.facts().verdict().health() != Health.HEALTHY;
    boolean granted = s.phase() instanceof Phase.Asking;
    return overdue || doubtful || granted
        ? Step.rest(
            s.with(Backoff.healthEnded(policy, s.log(), now)),
            new Phase.Unknown(),
            whyBlind(s),
            now)
        : Step.rest(s, s.phase(), justActed(s) ? s.because() : whyBlind(s), now);
  }

  static Because whyBlind(ServiceState s) {
    return s.facts().run().state() instanceof RunState.JobWaiting
        ? Because.INIT_BUSY
        : Because.INIT_UNREACHABLE;
  }

  /** Right after an action the reason of that action stands until there is evidence. */
  static boolean justActed(ServiceState s) {
    return s.facts().run().at().equals(s.facts().believeFrom());
  }

  /** While held, lives and deaths are noted without being counted. */
  private static ServiceState noting(Policy policy, ServiceState s, Duration now) {
    RestartLog log = Backoff.healthEnded(policy, s.log(), now);
    Duration at = s.facts().run().at();
    return switch (s.facts().run().state()) {
      case Running running -> s.with(log.withLife(running.incarnation()));
      case RunState.Dead dead when log.down().isEmpty() ->
          s.with(log.withDown(new Down(at, dead.exit(), at, Because.HELD)));
      default -> s.with(log);
    };
  }
}
