package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.assess.worker.WorkerView;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.Status.Level;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The part of the status that tells of a worker's way to the apiservers. */
public final class WorkerStatusView {
  private static final int WORDS = 200;

  private WorkerStatusView() {}

  /**
   * What is thought of it, for people.
   *
   * @param apiserver as configured
   * @param now monotonic time, {@code wall} the same for people
   */
  public static WorkerStatus of(
      Optional<String> apiserver,
      WorkerView view,
      List<FindingStatus> findings,
      Duration now,
      Instant wall) {
    return new WorkerStatus(
        apiserver,
        Optional.of(view.points()).filter(points -> !points.isEmpty()),
        view.state().name(),
        wall.minus(now).plus(view.since()),
        Plain.line(view.why(), WORDS),
        findings);
  }

  /** How much an operator is needed. */
  static Level level(WorkerStatus worker) {
    return worker.findings().stream()
        .map(it -> ControlPlaneSummary.levelOf(it.severity()))
        .max(Comparator.naturalOrder())
        .orElse(Level.OK);
  }

  /** Clauses of a sentence. */
  static List<String> clauses(WorkerStatus worker) {
    List<String> clauses = new ArrayList<>();
    String where = worker.points().map(points -> " at " + points).orElse("");
    switch (worker.state()) {
      case "REACHED" -> clauses.add("an apiserver is reached" + where);
      case "UNREACHED" -> clauses.add("no apiserver is reached" + where);
      default -> clauses.add("it is not known whether an apiserver is reached" + where);
    }
    clauses.addAll(ControlPlaneSummary.findings(worker.findings(), "CRITICAL", "critical finding"));
    clauses.addAll(ControlPlaneSummary.findings(worker.findings(), "WARNING", "warning"));
    return clauses;
  }

  static void json(JsonGenerator json, Optional<WorkerStatus> status) throws IOException {
    json.writeFieldName("worker");
    if (status.isEmpty()) {
      json.writeNull();
      return;
    }
    WorkerStatus it = status.get();
    json.writeStartObject();
    StatusJson.text(json, "apiserver", it.apiserver());
    StatusJson.text(json, "points", it.points());
    json.writeStringField("state", it.state());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    json.writeStringField("why", it.why());
    StatusJson.array(json, "findings", it.findings(), ControlPlaneJson::finding);
    json.writeEndObject();
  }

  static void text(StringBuilder text, WorkerStatus it, Instant at, Rendering as) {
    text.append('\n')
        .append("APISERVERS ")
        .append(Colour.ofWay(it.state()).paint(it.state(), as))
        .append(", ")
        .append(StatusText.ago(it.since(), at))
        .append('\n');
    StatusText.wrap(text, "  ", it.points().map(points -> points + ": ").orElse("") + it.why(), as);
    ControlPlaneText.findings(text, it.findings(), as);
  }
}
