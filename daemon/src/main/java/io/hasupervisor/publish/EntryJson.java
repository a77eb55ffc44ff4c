package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.EntryStatus.ApiserverStatus;
import io.hasupervisor.publish.EntryStatus.BalancerStatus;
import io.hasupervisor.publish.EntryStatus.LeaderStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The part of the status's JSON form that tells of the way into the cluster: its fields lie among
 * those of the control plane.
 */
final class EntryJson {
  private EntryJson() {}

  static void fields(JsonGenerator json, Optional<EntryStatus> entry) throws IOException {
    StatusJson.array(
        json,
        "apiservers",
        entry.map(EntryStatus::apiservers).orElse(List.of()),
        EntryJson::apiserver);
    json.writeFieldName("loadBalancer");
    Optional<BalancerStatus> balancer = entry.flatMap(EntryStatus::balancer);
    if (balancer.isPresent()) {
      balancer(json, balancer.get());
    } else {
      json.writeNull();
    }
    StatusJson.array(
        json, "leaders", entry.map(EntryStatus::leaders).orElse(List.of()), EntryJson::leader);
  }

  private static void apiserver(JsonGenerator json, ApiserverStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", it.name());
    json.writeStringField("url", it.url());
    json.writeBooleanField("own", it.own());
    json.writeStringField("state", it.state());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    json.writeStringField("why", it.why());
    json.writeStringField("cause", it.cause());
    json.writeEndObject();
  }

  private static void balancer(JsonGenerator json, BalancerStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("address", it.address());
    json.writeStringField("state", it.state());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    json.writeStringField("why", it.why());
    StatusJson.array(json, "reached", it.reached(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  private static void leader(JsonGenerator json, LeaderStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("component", it.component());
    json.writeStringField("state", it.state());
    StatusJson.text(json, "holder", it.holder());
    StatusJson.text(json, "master", it.master());
    StatusJson.text(json, "source", it.source());
    json.writeNumberField("transitions", it.transitions());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    StatusJson.instant(json, "changed", it.changed());
    StatusJson.instant(json, "renewed", it.renewed());
    json.writeStringField("why", it.why());
    json.writeEndObject();
  }
}
