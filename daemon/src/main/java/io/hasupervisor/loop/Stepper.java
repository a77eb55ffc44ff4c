package io.hasupervisor.loop;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState.Running;
import io.hasupervisor.observe.RunState.Stopping;
import io.hasupervisor.observe.ProbeReport;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Gives events to the machines, hands out their actions, and tells dependents. Runs in the loop's thread only. */
final class Stepper {
  private final Services services;
  private final Chronicle chronicle;

  Stepper(Services services, Chronicle chronicle) {
    this.services = services;
    this.chronicle = chronicle;
  }

  void seen(Supervised service, RunReport report, Duration now) {
    if (report.state() instanceof Running running && isNews(service, report)) {
      boolean newLife = service.board.life().filter(life -> life.id().equals(running.incarnation().id())).isEmpty();
      service.board = service.board.during(running.incarnation());
      if (newLife) {
        service.attachment.probe();
      }
    }
    apply(service, new Event.Seen(report), now);
    if (report.state() instanceof Running || report.state() instanceof Stopping) {
      judge(service, now);
    }
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
    Policy policy = services.policy(service);
    Step step = ServiceMachine.step(policy, before, event, now);
    service.state = step.next();
    boolean changed =
        !before.phase().label().equals(service.state.phase().label()) || before.because() != service.state.because();
    if (changed || step.action().isPresent() || !before.log().equals(service.state.log())) {
      chronicle.stepped(service, before, now);
    }
    step.action().ifPresent(action -> act(service, action, now));
    if (changed) {
      tellDependents(service, now);
    }
  }

  private void act(Supervised service, Action action, Duration now) {
    service.attachment.carryOut(action, chronicle.reason(service, now), chronicle.probeHistory(service, now));
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
