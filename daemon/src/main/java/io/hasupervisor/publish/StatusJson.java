package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.Status.HoldStatus;
import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.Notice;
import io.hasupervisor.publish.Status.ProbeStatus;
import io.hasupervisor.publish.Status.ServiceStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The JSON forms; the status is described by {@code status.schema.json} beside this class. Instants
 * are RFC 3339 in UTC; what is absent is null.
 */
public final class StatusJson {
  private static final JsonFactory JSON = new JsonFactory();

  private StatusJson() {}

  /** The whole status. */
  public static String of(Status status) {
    return written(
        json -> {
          json.writeStartObject();
          json.writeNumberField("schema", status.schema());
          json.writeStringField("node", status.node());
          json.writeStringField("version", status.version());
          instant(json, "at", Optional.of(status.at()));
          json.writeStringField("verdict", status.verdict().name());
          json.writeStringField("summary", status.summary());
          json.writeBooleanField("observeOnly", status.observeOnly());
          array(json, "services", status.services(), StatusJson::service);
          json.writeFieldName("controlPlane");
          if (status.controlPlane().isPresent()) {
            ControlPlaneJson.write(json, status.controlPlane().get());
          } else {
            json.writeNull();
          }
          WorkerStatusView.json(json, status.worker());
          array(json, "notices", status.notices(), StatusJson::notice);
          json.writeEndObject();
        });
  }

  /** One service: an element of the list in the status. */
  public static String of(ServiceStatus service) {
    return written(json -> service(json, service));
  }

  /** What load balancers are told. */
  public static String of(ReadyStatus ready) {
    return written(json -> ready(json, ready));
  }

  static void ready(JsonGenerator json, ReadyStatus it) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("ready", it.ready());
    array(json, "reasons", it.reasons(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  /** Events, oldest first, under {@code events}. */
  public static String of(List<ServiceEvent> events) {
    return written(
        json -> {
          json.writeStartObject();
          json.writeNumberField("schema", Status.SCHEMA);
          array(json, "events", events, StatusJson::event);
          json.writeEndObject();
        });
  }

  /** {@code {"error": "..."}}. */
  public static String error(String sentence) {
    return written(
        json -> {
          json.writeStartObject();
          json.writeStringField("error", sentence);
          json.writeEndObject();
        });
  }

  private static void service(JsonGenerator json, ServiceStatus service) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", service.name());
    json.writeStringField("kind", service.kind());
    json.writeStringField("state", service.state());
    instant(json, "since", Optional.of(service.since()));
    json.writeStringField("because", service.because());
    json.writeStringField("reason", service.reason());
    json.writeNumberField("attempt", service.attempt());
    json.writeStringField("nextAction", service.nextAction());
    instant(json, "nextAt", service.nextAt());
    number(json, "pid", service.pid());
    json.writeObjectFieldStart("budget");
    json.writeNumberField("crashesLeft", service.budget().crashesLeft());
    json.writeNumberField("killsLeft", service.budget().killsLeft());
    json.writeEndObject();
    json.writeBooleanField("observeOnly", service.observeOnly());
    array(json, "dependsOn", service.dependsOn(), JsonGenerator::writeString);
    array(json, "probes", service.probes(), StatusJson::probe);
    json.writeFieldName("hold");
    if (service.hold().isPresent()) {
      hold(json, service.hold().get());
    } else {
      json.writeNull();
    }
    text(json, "lastExit", service.lastExit());
    array(json, "incidents", service.incidents(), StatusJson::incident);
    json.writeEndObject();
  }

  private static void probe(JsonGenerator json, ProbeStatus probe) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", probe.name());
    json.writeStringField("result", probe.result());
    json.writeStringField("symptom", probe.symptom());
    json.writeStringField("detail", probe.detail());
    json.writeNumberField("failuresInARow", probe.failuresInARow());
    json.writeNumberField("needed", probe.needed());
    instant(json, "at", probe.at());
    json.writeNumberField("tookMillis", probe.tookMillis());
    json.writeEndObject();
  }

  private static void hold(JsonGenerator json, HoldStatus hold) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", hold.kind());
    json.writeStringField("by", hold.by());
    json.writeStringField("reason", hold.reason());
    instant(json, "until", hold.until());
    json.writeEndObject();
  }

  private static void incident(JsonGenerator json, IncidentRef incident) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", incident.id());
    instant(json, "at", Optional.of(incident.at()));
    json.writeStringField("what", incident.what());
    json.writeEndObject();
  }

  private static void notice(JsonGenerator json, Notice notice) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", notice.code());
    instant(json, "since", Optional.of(notice.since()));
    json.writeStringField("text", notice.text());
    json.writeEndObject();
  }

  private static void event(JsonGenerator json, ServiceEvent event) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seq", event.seq());
    instant(json, "at", Optional.of(event.at()));
    json.writeStringField("service", event.service());
    json.writeStringField("from", event.from());
    json.writeStringField("to", event.to());
    json.writeStringField("because", event.because());
    json.writeStringField("reason", event.reason());
    json.writeEndObject();
  }

  static void instant(JsonGenerator json, String name, Optional<Instant> at) throws IOException {
    json.writeFieldName(name);
    if (at.isPresent()) {
      json.writeString(at.get().truncatedTo(ChronoUnit.MILLIS).toString());
    } else {
      json.writeNull();
    }
  }

  interface Writer<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  interface Document {
    void write(JsonGenerator json) throws IOException;
  }

  /** Null where there is none. */
  static void text(JsonGenerator json, String name, Optional<String> text) throws IOException {
    json.writeFieldName(name);
    if (text.isPresent()) {
      json.writeString(text.get());
    } else {
      json.writeNull();
    }
  }

  /** Null where there is none. */
  static void number(JsonGenerator json, String name, Optional<? extends Number> number)
      throws IOException {
    json.writeFieldName(name);
    if (number.isPresent()) {
      json.writeNumber(number.get().longValue());
    } else {
      json.writeNull();
    }
  }

  static <T> void array(JsonGenerator json, String name, List<T> values, Writer<T> writer)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (T value : values) {
      writer.write(json, value);
    }
    json.writeEndArray();
  }

  static String written(Document document) {
    StringWriter text = new StringWriter(4096);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      document.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail", e);
    }
    return text.append('\n').toString();
  }
}
