package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.assess.preflight.Check;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** A preflight for programs. */
final class PreflightJson {
  private PreflightJson() {}

  /** One object, ended with a line. */
  static String of(List<Check> checks) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeBooleanField("ready", PreflightText.count(checks, Check.Result.FAILED) == 0);
      json.writeArrayFieldStart("checks");
      for (Check check : checks) {
        json.writeStartObject();
        json.writeStringField("area", check.area().label());
        json.writeStringField("code", check.code());
        json.writeStringField(
            "result", check.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeStringField("subject", check.subject());
        json.writeStringField("text", check.text());
        json.writeStringField("cure", check.cure());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail", e);
    }
    return text.append('\n').toString();
  }
}
