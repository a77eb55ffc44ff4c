package io.hasupervisor.simulation;

import static io.hasupervisor.simulation.Violation.unless;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.Policy.KillPolicy;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import java.time.Duration;
import java.util.Optional;

/** When what is alive may be touched. */
final class KillRules {
  private static final Duration CONSENT_HOLDS = Duration.ofSeconds(2);

  private final Policy policy;
  private final Known known;
  private final Evidence evidence;

  KillRules(Policy policy, Known known, Evidence evidence) {
    this.policy = policy;
    this.known = known;
    this.evidence = evidence;
  }

  void checkAsk(Action.AskConsent ask, Duration now) {
    checkHold(ask.purpose());
    boolean first = ask.stage() == Consent.Stage.FIRST;
    switch (ask.purpose()) {
      case HEALTH -> {
        checkSick(now);
        unless(
            !first
                || known
                    .dependenciesBackAt
                    .filter(at -> now.compareTo(at.plus(policy.startGrace())) < 0)
                    .isEmpty(),
            "a dependency that came back is given a grace");
        checkBudget(now);
      }
      case STUCK_HOOK -> unless(!policy.observeOnly(), "observe-only runs no hook");
      case START, OPERATOR_START -> unless(policy.guarded(), "only a guarded start is asked for");
      case OPERATOR_RESTART, OPERATOR_STOP -> {}
    }
  }

  private void checkHold(Purpose purpose) {
    boolean stopping =
        purpose == Purpose.OPERATOR_STOP
            && known.hold.filter(hold -> hold.kind() == Hold.Kind.STOPPED).isPresent();
    unless(known.hold.isEmpty() || stopping, "nothing held is touched");
  }

  void checkCapture(Action.Capture capture, Duration now) {
    checkHold(capture.purpose());
    unless(
        known.consentFor.equals(Optional.of(capture.purpose()))
            && known.yes.filter(yes -> yes.stage() == Consent.Stage.FIRST).isPresent()
            && now.minus(known.consentAt).compareTo(policy.kill().capture()) <= 0,
        "evidence is taken right after consent");
  }

  void checkStop(Step step, Duration now) {
    Purpose purpose =
        step.next().phase() instanceof Phase.Killing killing
            ? killing.purpose()
            : Purpose.STUCK_HOOK;
    checkYes(known, purpose, now);
    unless(known.captured, "no stop before its evidence is saved");
    checkHold(purpose);
    unless(known.run().isPresent(), "no stop without evidence");
    if (purpose == Purpose.HEALTH) {
      checkSick(now);
      checkBudget(now);
      unless(known.living().equals(known.victim), "no other life than the victim is stopped");
    }
  }

  void checkKill(Action.Kill kill, Duration now) {
    Purpose purpose = known.termFor.orElseThrow(() -> new Violation("no KILL without TERM"));
    checkHold(purpose);
    unless(now.compareTo(known.patienceEnds) >= 0, "KILL waits for TERM's patience");
    Optional<Incarnation> living = known.living();
    boolean anyLife = purpose == Purpose.OPERATOR_STOP && kill.victim().isEmpty();
    unless(known.run().isPresent(), "no KILL without evidence");
    unless(
        anyLife || (kill.victim().isPresent() && kill.victim().equals(living)),
        "KILL is sent to the victim and no other life");
  }

  /** What spends a vote is done in the very step that takes consent in, and in its time. */
  static void checkYes(Known known, Purpose purpose, Duration now) {
    unless(
        known.yes.equals(Optional.of(new Action.AskConsent(purpose, Consent.Stage.NOW))),
        "nothing comes between consent to act now and the act");
    unless(now.minus(known.yesAt).compareTo(CONSENT_HOLDS) <= 0, "consent is acted on at once");
  }

  /** Only a stop that was ordered counts as a kill, and no refusal as a death. */
  void checkCounts(ServiceState before, Step step) {
    boolean killed = step.next().log().kills().size() > before.log().kills().size();
    unless(
        !killed || step.action().filter(Action.Stop.class::isInstance).isPresent(),
        "no kill is counted but the one that is ordered");
    boolean startRefused =
        known.yes.isEmpty()
            && known.finished.filter(KillRules::asksToStart).isPresent()
            && before.log().down().isPresent();
    unless(
        !startRefused
            || (before.log().attempt() >= step.next().log().attempt()
                && before.log().crashes().size() >= step.next().log().crashes().size()),
        "a start that is refused is no failed start");
  }

  private static boolean asksToStart(Action action) {
    return action instanceof Action.AskConsent ask
        && (ask.purpose() == Purpose.START || ask.purpose() == Purpose.OPERATOR_START);
  }

  void checkHook(Duration now) {
    checkYes(known, Purpose.STUCK_HOOK, now);
    unless(known.hold.isEmpty() && !policy.observeOnly(), "nothing held is given to the hook");
  }

  private void checkSick(Duration now) {
    unless(!policy.observeOnly(), "observe-only kills nothing by itself");
    RunState run = known.run().orElseThrow(() -> new Violation("no kill without evidence"));
    switch (run) {
      case Running running -> {
        unless(known.waitingOn.isEmpty(), "no kill while a dependency is not healthy");
        unless(
            evidence.condemns(running.incarnation(), now),
            "no kill without enough fresh, conclusive failures of this life");
      }
      case Stopping stopping ->
          unless(
              now.compareTo(stopping.since().plus(policy.kill().stopLimit())) >= 0
                  || known.consentFor.isPresent(),
              "somebody else's stop is given its time");
      default -> throw new Violation("only what lives is killed, not " + run);
    }
  }

  private void checkBudget(Duration now) {
    if (known.healthKills.isEmpty()) {
      return;
    }
    KillPolicy kill = policy.kill();
    Duration sinceLast = now.minus(known.healthKills.getLast());
    long inWindow =
        known.healthKills.stream()
            .filter(at -> at.compareTo(now.minus(kill.budgetWindow())) > 0)
            .count();
    unless(sinceLast.compareTo(kill.spacing()) >= 0, "two kills are spaced");
    unless(
        inWindow < kill.budget() || sinceLast.compareTo(kill.slowKillEvery()) >= 0,
        "the kill budget is kept");
  }
}
