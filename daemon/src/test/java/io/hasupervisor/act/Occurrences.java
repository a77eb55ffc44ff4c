package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.act.Incident.Kind;
import io.hasupervisor.act.Incident.Occurrence;
import java.time.Instant;
import java.util.Optional;

/** Occurrences for the tests of incidents. */
final class Occurrences {
  static final Instant AT = Instant.parse("2026-11-24T21:14:53.5Z");

  private Occurrences() {}

  static Occurrence occurrence(String service, Kind kind, int second) {
    return new Occurrence(
        service,
        kind,
        AT.plusSeconds(second),
        "TOLERANCE_USED_UP",
        "3 of 3 probes failed",
        Optional.of("exited with 1"),
        Optional.of(812L));
  }

  static IncidentStore.Opened.Kept kept(IncidentStore.Opened opened) {
    return assertInstanceOf(IncidentStore.Opened.Kept.class, opened);
  }
}
