package io.hasupervisor.loop;

import io.hasupervisor.act.Evidence;
import io.hasupervisor.act.Incident;
import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Purpose;
import java.nio.file.Path;
import java.util.Optional;

/** Opens an incident for a kill and fills it with evidence. */
final class Captures implements Hands.Capture {
  private final ServiceSpec spec;
  private final Evidence evidence;
  private final IncidentDesk incidents;

  Captures(ServiceSpec spec, Evidence evidence, IncidentDesk incidents) {
    this.spec = spec;
    this.evidence = evidence;
    this.incidents = incidents;
  }

  @Override
  public Outcome save(Action.Capture capture, Attachment.Circumstances circumstances)
      throws InterruptedException {
    Incident.Kind kind =
        capture.purpose() == Purpose.HEALTH ? Incident.Kind.HANG : Incident.Kind.ORDER;
    Optional<Path> directory =
        incidents.open(spec.name(), kind, circumstances.because(), circumstances.why());
    if (directory.isEmpty()) {
      return new Outcome.Failed("the incident could not be written");
    }
    Outcome outcome =
        evidence.capture(
            spec.evidence(),
            spec.unit(),
            circumstances.life(),
            directory.get(),
            circumstances.probes());
    incidents.added();
    return outcome;
  }
}
