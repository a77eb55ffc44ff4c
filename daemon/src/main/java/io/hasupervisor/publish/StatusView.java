package io.hasupervisor.publish;

import io.hasupervisor.assess.ProbeHistory;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.KillBudget;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.publish.Status.Budget;
import io.hasupervisor.publish.Status.HoldStatus;
import io.hasupervisor.publish.Status.Notice;
import io.hasupervisor.publish.Status.ProbeStatus;
import io.hasupervisor.publish.Status.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pure: what is known turned into what is published. */
public final class StatusView {
  private StatusView() {}

  /** The whole status; {@code services} in the order of the configuration. */
  public static Status of(
      String node,
      String version,
      Instant at,
      boolean observeOnly,
      List<Situation> services,
      Optional<ControlPlane> controlPlane,
      Optional<WorkerStatus> worker,
      List<Notice> notices) {
    Summary summary = Summary.of(services, controlPlane, worker, notices, observeOnly);
    return new Status(
        Status.SCHEMA,
        node,
        version,
        at,
        summary.verdict(),
        summary.sentence(),
        observeOnly,
        services.stream().map(s -> of(s, controlPlane.flatMap(ControlPlane::etcd))).toList(),
        controlPlane,
        worker,
        List.copyOf(notices));
  }

  /** One service. */
  public static ServiceStatus of(Situation s) {
    return of(s, Optional.empty());
  }

  private static ServiceStatus of(Situation s, Optional<EtcdStatus> etcd) {
    NextStep next = NextStep.of(s);
    return new ServiceStatus(
        s.name(),
        s.kind(),
        s.state().phase().label(),
        s.wall().apply(s.state().since()),
        s.state().because().name(),
        Sentences.of(s) + etcd.map(known -> EtcdSummary.cause(s, known)).orElse(""),
        s.state().log().attempt(),
        next.action(),
        next.at().map(s.wall()),
        s.pid(),
        budget(s),
        s.policy().observeOnly(),
        s.policy().dependsOn(),
        s.board().probes().entrySet().stream()
            .map(probe -> probe(s, probe.getKey(), probe.getValue()))
            .toList(),
        hold(s),
        s.state().log().lastExit().map(Endings::of),
        s.incidents());
  }

  private static Budget budget(Situation s) {
    Duration window = s.policy().crash().budgetWindow();
    int crashes = RestartLog.within(s.state().log().crashes(), window, s.now()).size();
    return new Budget(
        Math.max(0, s.policy().crash().budget() - crashes),
        KillBudget.left(s.policy().kill(), s.state().log(), s.now()));
  }

  private static ProbeStatus probe(Situation s, String name, ProbeHistory history) {
    Optional<ProbeReport> latest = history.latest();
    String result = "none";
    String symptom = "";
    String detail = "";
    if (latest.isPresent()) {
      switch (latest.get().result()) {
        case CheckResult.Passed passed -> {
          result = "passed";
          detail = passed.detail();
        }
        case CheckResult.Failed failed -> {
          result = "failed";
          symptom = failed.symptom().name();
          detail = failed.detail();
        }
        case CheckResult.Inconclusive inconclusive -> {
          result = "inconclusive";
          detail = inconclusive.why();
        }
      }
    }
    return new ProbeStatus(
        name,
        result,
        symptom,
        Plain.line(detail, 200),
        history.failuresInARow(),
        history.tolerance().inARow(),
        latest.map(ProbeReport::endedAt).map(s.wall()),
        latest.map(report -> report.endedAt().minus(report.begunAt()).toMillis()).orElse(0L));
  }

  private static Optional<HoldStatus> hold(Situation s) {
    Optional<Hold> hold =
        s.state().phase() instanceof Phase.Held(Hold present)
            ? Optional.of(present)
            : s.state().facts().hold();
    return hold.map(
        present ->
            new HoldStatus(
                present.kind().name(),
                Plain.line(present.by(), 64),
                Plain.line(present.reason(), 200),
                present.until().map(s.wall())));
  }
}
