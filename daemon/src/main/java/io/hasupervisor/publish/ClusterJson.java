package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.ClusterStatus.DifferenceStatus;
import io.hasupervisor.publish.ClusterStatus.MasterStatus;
import io.hasupervisor.publish.ClusterStatus.SaidStatus;
import io.hasupervisor.publish.ClusterStatus.SideStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The JSON form of the cluster; {@code cluster.schema.json} beside this class describes it. */
public final class ClusterJson {
  private ClusterJson() {}

  /** All masters. */
  public static String of(ClusterStatus it) {
    return StatusJson.written(
        json -> {
          json.writeStartObject();
          json.writeNumberField("schema", it.schema());
          json.writeStringField("cluster", it.cluster());
          json.writeStringField("node", it.node());
          StatusJson.instant(json, "at", Optional.of(it.at()));
          json.writeStringField("verdict", it.verdict().name());
          json.writeStringField("summary", it.summary());
          json.writeBooleanField("heard", it.heard());
          json.writeStringField("etcd", it.etcd());
          StatusJson.array(json, "masters", it.masters(), ClusterJson::master);
          StatusJson.array(json, "differences", it.differences(), ClusterJson::difference);
          RepairJson.lock(json, it.lock());
          json.writeEndObject();
        });
  }

  private static void master(JsonGenerator json, MasterStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", it.name());
    json.writeStringField("address", it.address());
    json.writeBooleanField("self", it.self());
    json.writeStringField("daemon", it.daemon());
    StatusJson.instant(json, "heardAt", it.heardAt());
    StatusJson.text(json, "etcd", it.etcd());
    StatusJson.text(json, "apiserver", it.apiserver());
    json.writeFieldName("said");
    if (it.said().isPresent()) {
      said(json, it.said().get());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static void said(JsonGenerator json, SaidStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("supervisor", it.supervisor());
    json.writeBooleanField("etcdHealthy", it.etcdHealthy());
    json.writeStringField("etcdVersion", it.etcdVersion());
    json.writeStringField("apiserver", it.apiserver());
    json.writeStringField("docker", it.docker());
    json.writeStringField("kubelet", it.kubelet());
    StatusJson.number(json, "manifests", it.manifests());
    StatusJson.number(json, "lastKnownGood", it.lastKnownGood());
    json.writeStringField("repair", it.repair());
    json.writeStringField("worst", it.worst());
    json.writeStringField("bootId", it.bootId());
    json.writeObjectFieldStart("secrets");
    for (Map.Entry<String, String> secret : it.secrets().entrySet()) {
      json.writeStringField(secret.getKey(), secret.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void difference(JsonGenerator json, DifferenceStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", it.kind());
    json.writeStringField("what", it.what());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    StatusJson.array(json, "sides", it.sides(), ClusterJson::side);
    json.writeEndObject();
  }

  private static void side(JsonGenerator json, SideStatus it) throws IOException {
    json.writeStartObject();
    json.writeStringField("value", it.value());
    StatusJson.array(json, "masters", it.masters(), JsonGenerator::writeString);
    json.writeEndObject();
  }
}
