package io.hasupervisor.act.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.act.worker.Join.Changed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code join.json}. */
final class JoinJson {
  private static final int SCHEMA = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private JoinJson() {}

  static byte[] encode(Join join) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA).put("at", join.at().toString()).put("apiserver", join.apiserver());
    var files = root.putArray("files");
    for (Changed changed : join.files()) {
      ObjectNode file = files.addObject().put("file", changed.file().toString());
      changed.kept().ifPresent(name -> file.put("kept", name));
      changed.before().ifPresent(hash -> file.put("before", hash));
      file.put("after", changed.after());
    }
    join.services().forEach(root.putArray("services")::add);
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException for anything else, also for a newer schema
   */
  static Join decode(byte[] content) throws IOException {
    JsonNode root = JSON.readTree(content);
    if (root.path("schema").asInt() != SCHEMA) {
      throw new IOException("its schema is not " + SCHEMA);
    }
    List<Changed> files = new ArrayList<>();
    for (JsonNode file : root.path("files")) {
      files.add(
          new Changed(
              Path.of(text(file, "file")),
              optional(file, "kept"),
              optional(file, "before"),
              text(file, "after")));
    }
    List<String> services = new ArrayList<>();
    root.path("services").forEach(service -> services.add(service.asText()));
    try {
      return new Join(Instant.parse(text(root, "at")), text(root, "apiserver"), files, services);
    } catch (DateTimeException e) {
      throw new IOException("its time is none", e);
    }
  }

  private static Optional<String> optional(JsonNode from, String name) {
    return Optional.of(from.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static String text(JsonNode from, String name) throws IOException {
    return optional(from, name).orElseThrow(() -> new IOException("it has no " + name));
  }
}
