package io.hasupervisor.act.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.cluster.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code meta.json} of a revision. */
final class RevisionJson {
  private static final int SCHEMA = 1;
  private static final JsonMapper JSON = new JsonMapper();

  private RevisionJson() {}

  /** What is recorded of a revision beside its files, in the order of placement. */
  record Meta(int number, Instant at, String by, String why, List<Entry> files) {
    Meta {
      files = List.copyOf(files);
    }
  }

  /** One file. */
  record Entry(String name, String template, String sha256) {}

  static byte[] encode(Revision revision) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA).put("number", revision.number());
    root.put("at", revision.at().toString());
    root.put("by", revision.by()).put("why", revision.why());
    var files = root.putArray("files");
    for (Manifest manifest : revision.manifests()) {
      files
          .addObject()
          .put("name", manifest.name())
          .put("template", manifest.template())
          .put("sha256", manifest.sha256());
    }
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException for anything else, also for a newer schema
   */
  static Meta decode(byte[] content) throws IOException {
    JsonNode root = JSON.readTree(content);
    if (root.path("schema").asInt() != SCHEMA) {
      throw new IOException("its schema is not " + SCHEMA);
    }
    List<Entry> files = new ArrayList<>();
    for (JsonNode file : root.path("files")) {
      files.add(new Entry(text(file, "name"), text(file, "template"), text(file, "sha256")));
    }
    try {
      return new Meta(
          root.path("number").asInt(),
          Instant.parse(text(root, "at")),
          text(root, "by"),
          text(root, "why"),
          files);
    } catch (DateTimeException e) {
      throw new IOException("its time is none", e);
    }
  }

  private static String text(JsonNode from, String name) throws IOException {
    JsonNode found = from.path(name);
    if (!found.isTextual()) {
      throw new IOException("it has no " + name);
    }
    return found.textValue();
  }
}
