package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.Status.Level;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class WorkerStatusViewTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant AT = Docker.BOOT.plus(Docker.NOW);

  private static Status status(String state, FindingStatus... findings) {
    return StatusView.of(
        "node-1",
        "0.1.0",
        AT,
        false,
        List.of(
            Docker.in(new Phase.Healthy(), Because.PROBES_PASS)
                .answering(new CheckResult.Passed(Duration.ofMillis(3), "OK"))
                .situation()),
        Optional.empty(),
        Optional.of(
            new WorkerStatus(
                Optional.of("https://10.0.0.10:6443"),
                Optional.of("https://10.0.0.1:6443"),
                state,
                AT.minusSeconds(90),
                "10.0.0.1 refuses connections",
                List.of(findings))),
        List.of());
  }

  private static FindingStatus finding(String severity) {
    return new FindingStatus(
        "worker", "API_UNREACHED", severity, "kubelet", "no apiserver answers", "look there", AT);
  }

  @Test
  void theJsonHasWhatTheSchemaAsksFor() throws IOException {
    JsonNode worker =
        JSON.readTree(StatusJson.of(status("UNREACHED", finding("WARNING")))).path("worker");
    try (InputStream in =
        Objects.requireNonNull(StatusJson.class.getResourceAsStream("status.schema.json"))) {
      JsonNode schema = JSON.readTree(in).path("$defs").path("worker");
      Set<String> required = new TreeSet<>();
      schema.path("required").forEach(name -> required.add(name.asText()));
      Set<String> written = new TreeSet<>();
      worker.fieldNames().forEachRemaining(written::add);
      assertEquals(required, written);
      assertEquals(
          List.of("REACHED", "UNREACHED", "UNKNOWN").toString(),
          JSON.convertValue(schema.path("properties").path("state").path("enum"), List.class)
              .toString());
    }
    assertEquals("API_UNREACHED", worker.path("findings").get(0).path("code").asText());
    assertEquals("https://10.0.0.1:6443", worker.path("points").asText());
  }

  @Test
  void theVerdictIsThatOfTheWorstFinding() {
    assertEquals(Level.OK, status("REACHED").verdict());
    assertEquals(Level.OK, status("UNKNOWN").verdict());
    assertEquals(Level.ATTENTION, status("UNREACHED", finding("WARNING")).verdict());
    assertEquals(Level.CRITICAL, status("REACHED", finding("CRITICAL")).verdict());
  }

  @Test
  void theSentenceTellsOfTheWayToTheApiservers() {
    assertEquals(
        "docker is healthy; an apiserver is reached at https://10.0.0.1:6443.",
        status("REACHED").summary());
    assertEquals(
        "docker is healthy; no apiserver is reached at https://10.0.0.1:6443; 1 warning"
            + " (API_UNREACHED).",
        status("UNREACHED", finding("WARNING")).summary());
  }

  @Test
  void theTextShowsItBelowTheServices() {
    String text = StatusText.of(status("UNREACHED", finding("WARNING")), Rendering.TEXT);
    assertTrue(
        text.endsWith(
            """

            APISERVERS UNREACHED, 1m 30s ago
              https://10.0.0.1:6443: 10.0.0.1 refuses connections

            WARNING API_UNREACHED kubelet: no apiserver answers
              look there
            """),
        text);
  }
}
