package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.yaml.Place;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Findings for programs. */
final class FindingJson {
  private FindingJson() {}

  /** One object, ended with a line; {@code file}, {@code line} and {@code column} may be absent. */
  static String of(List<Finding> findings, List<String> notChecked) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      for (Finding.Severity severity : Finding.Severity.values()) {
        json.writeNumberField(
            severity.name().toLowerCase(Locale.ROOT), FindingText.count(findings, severity));
      }
      json.writeArrayFieldStart("findings");
      for (Finding finding : findings) {
        finding(json, finding);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("notChecked");
      for (String what : notChecked) {
        json.writeString(what);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail", e);
    }
    return text.append('\n').toString();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", finding.code());
    json.writeStringField("severity", finding.severity().name());
    json.writeStringField("subject", finding.subject());
    if (finding.place().isPresent()) {
      Place place = finding.place().get();
      json.writeStringField("file", place.file().toString());
      if (place.line() > 0) {
        json.writeNumberField("line", place.line());
        json.writeNumberField("column", place.column());
      }
    }
    json.writeStringField("text", finding.text());
    json.writeStringField("cure", finding.cure());
    json.writeEndObject();
  }
}
