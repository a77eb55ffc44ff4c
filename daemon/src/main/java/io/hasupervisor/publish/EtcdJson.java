package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.EtcdStatus.EtcdMemberStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The part of the status's JSON form that tells of etcd. Ids are texts: they are unsigned. */
final class EtcdJson {
  private EtcdJson() {}

  /** Null where nothing is known yet. */
  static void write(JsonGenerator json, Optional<EtcdStatus> known) throws IOException {
    if (known.isEmpty()) {
      json.writeNull();
      return;
    }
    EtcdStatus etcd = known.get();
    json.writeStartObject();
    json.writeStringField("state", etcd.state());
    StatusJson.text(json, "underlying", etcd.underlying());
    StatusJson.instant(json, "since", Optional.of(etcd.since()));
    json.writeStringField("summary", etcd.summary());
    json.writeBooleanField("external", etcd.external());
    json.writeBooleanField("proven", etcd.proven());
    StatusJson.number(json, "proofAgeMs", etcd.proofAgeMillis());
    StatusJson.text(json, "proofVia", etcd.proofVia());
    json.writeNumberField("voters", etcd.voters());
    json.writeNumberField("learners", etcd.learners());
    json.writeNumberField("quorum", etcd.quorum());
    json.writeNumberField("healthy", etcd.healthy());
    json.writeNumberField("available", etcd.available());
    json.writeNumberField("canLose", etcd.canLose());
    json.writeNumberField("tolerance", etcd.tolerance());
    StatusJson.text(json, "clusterId", etcd.clusterId());
    StatusJson.text(json, "leader", etcd.leader());
    json.writeNumberField("term", etcd.term());
    json.writeNumberField("revision", etcd.revision());
    json.writeNumberField("rememberedRevision", etcd.rememberedRevision());
    texts(json, "alarms", etcd.alarms());
    texts(json, "reasons", etcd.reasons());
    StatusJson.array(json, "members", etcd.members(), EtcdJson::member);
    json.writeEndObject();
  }

  private static void member(JsonGenerator json, EtcdMemberStatus member) throws IOException {
    json.writeStartObject();
    StatusJson.text(json, "id", member.id());
    json.writeStringField("name", member.name());
    json.writeStringField("url", member.url());
    json.writeBooleanField("own", member.own());
    json.writeBooleanField("leader", member.leader());
    json.writeBooleanField("learner", member.learner());
    json.writeStringField("state", member.state());
    StatusJson.instant(json, "since", Optional.of(member.since()));
    json.writeStringField("why", member.why());
    StatusJson.instant(json, "lastProof", member.lastProof());
    json.writeStringField("version", member.version());
    StatusJson.number(json, "lag", known(member.lag()));
    StatusJson.number(json, "dbSize", known(member.dbSize()));
    StatusJson.number(json, "dbSizeInUse", known(member.inUse()));
    json.writeObjectFieldStart("evidence");
    for (Map.Entry<String, String> one : member.evidence().entrySet()) {
      json.writeStringField(one.getKey(), one.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static Optional<Long> known(long number) {
    return number < 0 ? Optional.empty() : Optional.of(number);
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    StatusJson.array(json, name, texts, JsonGenerator::writeString);
  }
}
