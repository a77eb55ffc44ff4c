package io.hasupervisor.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Health;
import io.hasupervisor.assess.Verdict;
import io.hasupervisor.decide.Event.Order;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.observe.Symptom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One service under the machine, told what happens and asked what it does. */
final class Supervised {
  static final Verdict SICK =
      new Verdict(
          Health.SICK, true, 3, 3, "healthz", Optional.of(new Failed(Symptom.TIMED_OUT, "")));
  static final Verdict FAILING =
      new Verdict(
          Health.SICK, false, 1, 3, "healthz", Optional.of(new Failed(Symptom.TIMED_OUT, "")));
  static final Exit EXIT_1 = new Exit(Exit.Kind.EXITED, 1, "");

  Policy policy;
  ServiceState state = ServiceState.initial(seconds(1000));
  Duration now = seconds(1000);
  Optional<Action> action = Optional.empty();

  Supervised(Policy policy) {
    this.policy = policy;
  }

  Supervised() {
    this(policy(false));
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** The defaults for a kubelet, without jitter. */
  static Policy policy(boolean observeOnly) {
    return policy(observeOnly, false);
  }

  /** The same for a service whose start may end what others need. */
  static Policy guarded() {
    return policy(false, true);
  }

  private static Policy policy(boolean observeOnly, boolean guarded) {
    return new Policy(
        List.of("docker"),
        seconds(120),
        Duration.ZERO,
        observeOnly,
        guarded,
        Set.of(78),
        new Policy.CrashPolicy(
            seconds(1),
            seconds(60),
            0,
            seconds(600),
            seconds(120),
            10,
            seconds(900),
            seconds(60),
            seconds(10)),
        new Policy.KillPolicy(
            3,
            seconds(1800),
            seconds(120),
            seconds(1800),
            seconds(5),
            seconds(30),
            seconds(10),
            seconds(600)),
        List.of("/usr/local/bin/stuck"),
        7);
  }

  Supervised on(Event event) {
    Step step = ServiceMachine.step(policy, state, event, now);
    state = step.next();
    action = step.action();
    return this;
  }

  Supervised after(long seconds) {
    now = now.plusSeconds(seconds);
    return on(new Event.Ticked());
  }

  Supervised seen(RunState run) {
    return on(new Event.Seen(new RunReport(run, now)));
  }

  static Incarnation life(String id) {
    return new Incarnation(id, 42, seconds(1000));
  }

  Supervised runs(String id) {
    return seen(new RunState.Running(new Incarnation(id, 42, now)));
  }

  /** One that was seen to live: its next death counts. */
  Supervised lived() {
    return runs("first");
  }

  /** The same life as before is seen again. */
  Supervised stillRuns() {
    return seen(new RunState.Running(state.log().life().orElseThrow()));
  }

  Supervised dies() {
    return dies(EXIT_1);
  }

  Supervised dies(Exit exit) {
    return seen(new RunState.Dead(exit));
  }

  Supervised judged(Verdict verdict) {
    return on(new Event.Judged(verdict));
  }

  Supervised ordered(Order order) {
    return on(new Event.Ordered(order));
  }

  Supervised finished(Outcome outcome) {
    return on(new Event.Finished(outcome, now));
  }

  Supervised done() {
    return finished(new Outcome.Done());
  }

  /** A life that is healthy. */
  Supervised healthy(String id) {
    return runs(id).judged(Verdict.HEALTHY);
  }

  /** A life that dies at once after each of so many starts, each as soon as it may be given. */
  Supervised crashes(int times) {
    for (int n = 0; n < times; n++) {
      dies();
      state.log().down().ifPresent(down -> after(down.nextAt().minus(now).toSeconds()));
      does(Action.Start.class).done();
    }
    return this;
  }

  /** A ladder up to the given action, all of it granted and done. */
  Supervised sickUpTo(Class<? extends Action> last) {
    judged(SICK);
    return last == Action.Capture.class ? captures() : ladder();
  }

  /** From the first question to the evidence. */
  Supervised captures() {
    return asks(Consent.Stage.FIRST).done().does(Action.Capture.class);
  }

  /** From the first question to the last, which has not been answered yet. */
  Supervised confirms() {
    return captures().done().asks(Consent.Stage.NOW);
  }

  /** From the first question to TERM, all of it granted and done. */
  Supervised ladder() {
    return confirms().done().does(Action.Stop.class);
  }

  Supervised asks(Consent.Stage stage) {
    assertEquals(
        Optional.of(stage),
        action
            .filter(Action.AskConsent.class::isInstance)
            .map(Action.AskConsent.class::cast)
            .map(Action.AskConsent::stage),
        this::toString);
    return this;
  }

  Supervised does(Class<? extends Action> what) {
    assertTrue(action.filter(what::isInstance).isPresent(), () -> what + " but was " + this);
    return this;
  }

  Supervised doesNothing() {
    assertEquals(Optional.empty(), action, this::toString);
    return this;
  }

  Supervised is(String label, Because because) {
    assertEquals(
        label + " " + because, state.phase().label() + " " + state.because(), this::toString);
    return this;
  }

  static Hold hold(Hold.Kind kind, Optional<Duration> until) {
    return new Hold(kind, "root", "disk swap", until);
  }

  @Override
  public String toString() {
    return action + " " + state;
  }
}
