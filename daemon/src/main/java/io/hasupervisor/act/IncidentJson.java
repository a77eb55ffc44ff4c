package io.hasupervisor.act;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.act.Incident.Occurrence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** {@code incident.json}. */
final class IncidentJson {
  private static final int SCHEMA = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private IncidentJson() {}

  static byte[] encode(Incident incident) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA).put("id", incident.id());
    root.put("service", incident.first().service()).put("kind", incident.first().kind().word());
    put(root, incident.first());
    root.put("times", incident.times());
    put(root.putObject("last"), incident.last());
    incident.resolvedAt().ifPresent(at -> root.put("resolvedAt", at.toString()));
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode to, Occurrence what) {
    to.put("at", what.at().toString());
    to.put("because", what.because()).put("reason", what.reason());
    what.exit().ifPresent(exit -> to.put("exit", exit));
    what.pid().ifPresent(pid -> to.put("pid", pid));
  }

  /** Reads what {@link #encode} wrote; empty for anything else, also for a newer schema. */
  static Optional<Incident> decode(byte[] content) {
    try {
      JsonNode root = JSON.readTree(content);
      Optional<Incident.Kind> kind = kind(root.path("kind").asText());
      if (root.path("schema").asInt() != SCHEMA || kind.isEmpty()) {
        return Optional.empty();
      }
      String service = root.path("service").asText();
      return Optional.of(
          new Incident(
              root.path("id").asText(),
              occurrence(service, kind.get(), root),
              occurrence(service, kind.get(), root.path("last")),
              Math.max(1, root.path("times").asInt()),
              text(root, "resolvedAt").map(Instant::parse)));
    } catch (IOException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Incident.Kind> kind(String word) {
    for (Incident.Kind kind : Incident.Kind.values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static Occurrence occurrence(String service, Incident.Kind kind, JsonNode from) {
    return new Occurrence(
        service,
        kind,
        Instant.parse(from.path("at").asText()),
        from.path("because").asText(),
        from.path("reason").asText(),
        text(from, "exit"),
        Optional.of(from.path("pid")).filter(JsonNode::canConvertToLong).map(JsonNode::longValue));
  }

  private static Optional<String> text(JsonNode from, String name) {
    return Optional.of(from.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }
}
