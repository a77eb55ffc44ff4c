package io.hasupervisor.loop;

import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.KillStep;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState.JobWaiting;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import io.hasupervisor.observe.RunState.Unclear;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives events to the machines, hands out their actions, and tells dependents. Runs in the loop's
 * thread only.
 */
final class Stepper {
  private final Services services;
  private final Chronicle chronicle;

  Stepper(Services services, Chronicle chronicle) {
    this.services = services;
    this.chronicle = chronicle;
  }

  void seen(Supervised service, RunReport report, Duration now) {
    boolean newLife = false;
    if (report.state() instanceof Running running && isNews(service, report)) {
      ProbeBoard before = service.board;
      service.board = before.during(running.incarnation());
      newLife = !service.board.life().equals(before.life());
    }
    if (settles(service, report)) {
      service.startGiven = Optional.empty();
    }
    apply(service, new Event.Seen(report), now);
    adjustProbing(service, newLife, now);
    if (report.state() instanceof Running || report.state() instanceof Stopping) {
      judge(service, now);
    }
  }

  /** Probes what lives and is not being stopped; where nothing is known, all stays as it was. */
  private void adjustProbing(Supervised service, boolean newLife, Duration now) {
    switch (service.state.facts().run().state()) {
      case Running _ when stopSent(service) -> stopProbing(service);
      case Running running when newLife || !service.probing -> {
        Duration graceUntil =
            running.incarnation().startedAt().plus(service.spec.policy().startGrace());
        service.probing = true;
        service.attachment.probe(graceUntil.minus(now));
      }
      case Running _, Unclear _ -> {}
      default -> stopProbing(service);
    }
  }

  private static boolean stopSent(Supervised service) {
    return service.state.phase() instanceof Phase.Killing killing
        && (killing.step() == KillStep.TERM_SENT || killing.step() == KillStep.KILL_SENT);
  }

  /** A start that has come to its end, good or bad, is not asked about any more. */
  private static boolean settles(Supervised service, RunReport report) {
    boolean going =
        report.state() instanceof JobWaiting
            || report.state() instanceof Unclear
            || service.state.inFlight().filter(Action.Start.class::isInstance).isPresent();
    return !going && isNews(service, report);
  }

  private static boolean isNews(Supervised service, RunReport report) {
    return report.at().compareTo(service.state.facts().believeFrom()) >= 0
        && report.at().compareTo(service.state.facts().run().at()) >= 0;
  }

  void probed(Supervised service, ProbeReport report, Duration now) {
    service.board = service.board.with(report);
    judge(service, now);
  }

  /** Looks at the clock: verdicts go stale, deadlines come. */
  void tick(Supervised service, Duration now) {
    judge(service, now);
    apply(service, new Event.Ticked(), now);
  }

  private void judge(Supervised service, Duration now) {
    var verdict = service.board.verdict(now);
    if (!verdict.equals(service.state.facts().verdict())) {
      apply(service, new Event.Judged(verdict), now);
    }
  }

  void apply(Supervised service, Event event, Duration now) {
    ServiceState before = service.state;
    Step step = ServiceMachine.step(service.spec.policy(), before, event, now);
    service.now(step.next(), now);
    boolean changed =
        !before.phase().label().equals(service.state.phase().label())
            || before.because() != service.state.because();
    if (changed || step.action().isPresent() || !before.log().equals(service.state.log())) {
      chronicle.stepped(service, before, now);
    }
    step.action().ifPresent(action -> act(service, action, now));
    if (changed) {
      tellDependents(service, now);
    }
  }

  private static void stopProbing(Supervised service) {
    if (service.probing) {
      service.probing = false;
      service.attachment.stopProbing();
    }
  }

  private void act(Supervised service, Action action, Duration now) {
    if (action instanceof Action.Start) {
      service.startGiven = Optional.of(now);
    }
    if (action instanceof Action.Stop) {
      // Lest a probe's connection makes a socket unit start again what is being stopped.
      stopProbing(service);
    }
    service.attachment.carryOut(
        action,
        new Attachment.Circumstances(
            service.state.log().life(),
            service.state.because(),
            chronicle.reason(service, now),
            chronicle.probeHistory(service, now)));
  }

  private void tellDependents(Supervised changed, Duration now) {
    for (Supervised dependent : services.dependentsOf(changed)) {
      tell(dependent, now);
    }
  }

  /** Tells a service which of its dependencies are not healthy, where that is news. */
  void tell(Supervised dependent, Duration now) {
    List<Dependency> missing = services.missingFor(dependent);
    if (!Objects.equals(missing, dependent.state.facts().waitingOn())) {
      apply(dependent, new Event.Dependencies(missing), now);
    }
  }
}
