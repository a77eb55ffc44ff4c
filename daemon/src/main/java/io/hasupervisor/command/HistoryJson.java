package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore.History;
import io.hasupervisor.cluster.Manifest;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/** The stored revisions as JSON, oldest first; files by their hashes alone. */
final class HistoryJson {
  private HistoryJson() {}

  static String of(History history, Optional<Integer> current, Optional<Integer> good)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      number(json, "current", current);
      number(json, "lastKnownGood", good);
      json.writeArrayFieldStart("revisions");
      for (Revision revision : history.revisions()) {
        revision(json, revision);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("damaged");
      for (String damaged : history.damaged()) {
        json.writeString(damaged);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void revision(JsonGenerator json, Revision revision) throws IOException {
    json.writeStartObject();
    json.writeNumberField("number", revision.number());
    json.writeStringField("at", revision.at().toString());
    json.writeStringField("by", revision.by());
    json.writeStringField("why", revision.why());
    json.writeArrayFieldStart("manifests");
    for (Manifest manifest : revision.manifests()) {
      json.writeStartObject();
      json.writeStringField("name", manifest.name());
      json.writeStringField("template", manifest.template());
      json.writeStringField("sha256", manifest.sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, Optional<Integer> number)
      throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(name, number.get());
    } else {
      json.writeNullField(name);
    }
  }
}
