package io.hasupervisor.simulation;

import static io.hasupervisor.simulation.Violation.unless;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What must hold after every step, whatever happened before. */
final class Invariants {
  private final Policy policy;
  private final Known known;
  private final StartRules starts;
  private final KillRules kills;

  Invariants(Policy policy, Evidence evidence) {
    this.policy = policy;
    known = new Known(policy);
    starts = new StartRules(policy, known);
    kills = new KillRules(policy, known, evidence);
  }

  /** Takes in one step; throws {@link Violation} for the first rule that it breaks. */
  void check(ServiceState before, Event event, Step step, Duration now) {
    known.take(event, now);
    ServiceState next = step.next();
    unless(
        known.outstanding.isEmpty() || step.action().isEmpty(), "two actions are never in flight");
    unless(step.because() == next.because(), "the state's reason is the step's reason");
    starts.checkDelay(before, step, now);
    kills.checkCounts(before, step);
    step.action().ifPresent(action -> checkAction(before, step, action, now));
    unless(next.inFlight().equals(known.outstanding), "the state knows what is in flight");
    if (next.inFlight().isEmpty()) {
      unless(
          next.phase().deadline().filter(at -> at.compareTo(now) <= 0).isEmpty(),
          "at rest no deadline lies in the past");
      unless(reasons(next.phase()).contains(next.because()), "the reason fits the phase");
      checkHeld(next);
    }
  }

  private void checkAction(ServiceState before, Step step, Action action, Duration now) {
    switch (action) {
      case Action.Start _ -> starts.check(before, step, now);
      case Action.AskConsent ask -> kills.checkAsk(ask, now);
      case Action.Capture capture -> kills.checkCapture(capture, now);
      case Action.Stop _ -> kills.checkStop(step, now);
      case Action.Kill kill -> kills.checkKill(kill, now);
      case Action.RunHook _ -> kills.checkHook(now);
    }
    known.taken(action, now);
  }

  private void checkHeld(ServiceState next) {
    Optional<Hold> hold = known.hold;
    unless(next.facts().hold().equals(hold), "a hold stands until it is over or released");
    boolean leftAlone =
        switch (next.phase()) {
          case Phase.Held _, Phase.Stuck _ -> true;
          case Phase.Killing killing -> killing.purpose() == Purpose.OPERATOR_STOP;
          default -> false;
        };
    unless(hold.isEmpty() || leftAlone, "what is held is left alone");
    boolean alive = known.run().filter(RunState.Running.class::isInstance).isPresent();
    unless(
        !(next.phase() instanceof Phase.Healthy) || alive || blind(), "only what lives is HEALTHY");
  }

  private boolean blind() {
    return known
        .run()
        .map(state -> state instanceof RunState.Unclear || state instanceof RunState.JobWaiting)
        .orElse(true);
  }

  /** A second judgement at the same moment changes nothing: nobody can be made to spin. */
  void checkRest(Machine machine, ServiceState state, Duration now) {
    if (state.inFlight().isEmpty()) {
      Step again = machine.step(policy, state, new Event.Ticked(), now);
      unless(
          again.action().isEmpty() && again.next().equals(state),
          "a tick at the same moment changes nothing, but gave " + again);
    }
  }

  private static final Set<Because> BLIND = EnumSet.of(Because.INIT_UNREACHABLE, Because.INIT_BUSY);

  private static Set<Because> reasons(Phase phase) {
    Set<Because> own =
        switch (phase) {
          case Phase.Unknown _ -> EnumSet.of(Because.NO_EVIDENCE, Because.PROBES_INCONCLUSIVE);
          // Only while the question is in flight.
          case Phase.Asking _ -> EnumSet.noneOf(Because.class);
          case Phase.Waiting _ -> EnumSet.of(Because.DEPENDENCY_NOT_HEALTHY, Because.OBSERVE_ONLY);
          case Phase.Starting _ ->
              EnumSet.of(
                  Because.NOT_RUNNING,
                  Because.DIED,
                  Because.START_FAILED,
                  Because.CRASH_BUDGET_SPENT,
                  Because.CONFIG_EXIT,
                  Because.KILLED,
                  Because.DEPENDENCY_BACK,
                  Because.CAUSE_CHANGED,
                  Because.HOLD_OVER,
                  Because.RELEASED,
                  Because.OPERATOR_START,
                  Because.OPERATOR_RESTART,
                  Because.OPERATOR_RETRY,
                  Because.IN_GRACE,
                  Because.PIDFILE_AWAITED);
          case Phase.Healthy _ ->
              EnumSet.of(Because.PROBES_PASS, Because.RECOVERED, Because.CONSENT_REFUSED);
          case Phase.Suspect _ ->
              EnumSet.of(
                  Because.BELOW_TOLERANCE,
                  Because.DEPENDENCY_SETTLING,
                  Because.KILL_SPACING,
                  Because.OBSERVE_ONLY);
          case Phase.Killing _ ->
              EnumSet.of(
                  Because.TOLERANCE_USED_UP,
                  Because.STOP_HANGS,
                  Because.OPERATOR_RESTART,
                  Because.OPERATOR_STOP,
                  Because.OPERATOR_RETRY,
                  Because.CAPTURING_EVIDENCE,
                  Because.CONSENT_ASKED,
                  Because.TERM_SENT,
                  Because.KILL_SENT);
          case Phase.Backoff _ -> EnumSet.of(Because.BACKING_OFF, Because.INIT_RESTARTS);
          case Phase.SlowRetry _ ->
              EnumSet.of(
                  Because.CRASH_BUDGET_SPENT,
                  Because.CONFIG_EXIT,
                  Because.KILL_BUDGET_SPENT,
                  Because.UNIT_ABSENT);
          case Phase.Stuck _ -> EnumSet.of(Because.SURVIVES_KILL);
          case Phase.Held _ ->
              EnumSet.of(Because.HELD, Because.OPERATOR_STOP, Because.CONSENT_REFUSED);
        };
    own.addAll(BLIND);
    return own;
  }
}
