package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.loop.CredentialInspection.Report;
import io.hasupervisor.observe.credential.ServedSeen;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Credentials and what is wrong with them, for scripts; ends with a line end. */
final class CredentialsJson {
  private CredentialsJson() {}

  static String of(Master master, Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("node", master.node().name());
      json.writeStringField("profile", master.profile().label());
      json.writeStringField("at", report.seen().at().toString());
      json.writeArrayFieldStart("certificates");
      for (CertificateLine line : CertificateLine.all(report.seen())) {
        certificate(json, line);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("served");
      for (ServedSeen server : report.seen().served()) {
        served(json, server);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("findings");
      for (Finding finding : report.findings()) {
        finding(json, finding);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
    return text.append('\n').toString();
  }

  private static void certificate(JsonGenerator json, CertificateLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", line.file().toString());
    json.writeStringField("subject", line.certificate().subject());
    json.writeStringField("issuer", line.certificate().issuer());
    json.writeStringField("notBefore", line.certificate().notBefore().toString());
    json.writeStringField("notAfter", line.certificate().notAfter().toString());
    json.writeNumberField("daysLeft", line.daysLeft());
    json.writeStringField("sha256", line.certificate().fingerprint());
    json.writeEndObject();
  }

  /** What shows nothing has a null. */
  private static void served(JsonGenerator json, ServedSeen server) throws IOException {
    json.writeStartObject();
    json.writeStringField("service", server.service().name());
    json.writeStringField("address", server.address());
    if (server.chain().isEmpty()) {
      json.writeNullField("sha256");
    } else {
      json.writeStringField("sha256", server.chain().getFirst().fingerprint());
    }
    json.writeEndObject();
  }

  private static void finding(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", finding.code());
    json.writeStringField("severity", finding.severity().name());
    json.writeStringField("subject", finding.subject());
    if (finding.place().filter(place -> place.line() > 0).isPresent()) {
      json.writeNumberField("line", finding.place().get().line());
    }
    json.writeStringField("text", finding.text());
    json.writeStringField("cure", finding.cure());
    json.writeEndObject();
  }
}
