package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.LockStatus.FreezeStatus;
import io.hasupervisor.publish.LockStatus.HolderStatus;
import io.hasupervisor.publish.LockStatus.PastStatus;
import io.hasupervisor.publish.LockStatus.RollingStatus;
import java.io.IOException;
import java.util.Optional;

/** The part of the status's JSON form that tells of repairs and of their lock. */
final class RepairJson {
  private RepairJson() {}

  /** The fields {@code repair} and {@code lock}. */
  static void fields(JsonGenerator json, ControlPlane plane) throws IOException {
    object(json, "repair", plane.repair(), RepairJson::repair);
    lock(json, plane.lock());
  }

  /** The lock alone, or null before it was read. */
  static String of(Optional<LockStatus> lock) {
    return StatusJson.written(
        json -> {
          json.writeStartObject();
          lock(json, lock);
          json.writeEndObject();
        });
  }

  /** The work in turns alone. */
  static String rolling(Optional<RollingStatus> rolling) {
    return StatusJson.written(
        json -> {
          json.writeStartObject();
          object(json, "rolling", rolling, RepairJson::rolling);
          json.writeEndObject();
        });
  }

  /** The field {@code lock}. */
  static void lock(JsonGenerator json, Optional<LockStatus> lock) throws IOException {
    object(json, "lock", lock, RepairJson::lock);
  }

  private interface Writer<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  private static <T> void object(
      JsonGenerator json, String name, Optional<T> value, Writer<T> fields) throws IOException {
    json.writeFieldName(name);
    if (value.isPresent()) {
      json.writeStartObject();
      fields.write(json, value.get());
      json.writeEndObject();
    } else {
      json.writeNull();
    }
  }

  private static void repair(JsonGenerator json, RepairStatus it) throws IOException {
    json.writeStringField("state", it.state());
    StatusJson.text(json, "wanted", it.wanted().map(words -> words.replace(' ', '-')));
    StatusJson.number(json, "class", it.cost());
    json.writeBooleanField("allowed", it.allowed());
    StatusJson.text(json, "reason", it.reason());
    json.writeStringField("explain", it.explain());
    json.writeStringField("next", it.next());
    StatusJson.instant(json, "since", it.since());
  }

  private static void lock(JsonGenerator json, LockStatus it) throws IOException {
    json.writeBooleanField("readable", it.readable());
    json.writeStringField("why", it.why());
    object(json, "holder", it.holder(), RepairJson::holder);
    object(json, "freeze", it.freeze(), RepairJson::freeze);
    StatusJson.array(
        json,
        "history",
        it.history(),
        (to, past) -> {
          to.writeStartObject();
          past(to, past);
          to.writeEndObject();
        });
    object(json, "rolling", it.rolling(), RepairJson::rolling);
    StatusJson.instant(json, "readAt", it.readAt());
    StatusJson.number(json, "ageMs", it.ageMillis());
  }

  private static void holder(JsonGenerator json, HolderStatus it) throws IOException {
    json.writeStringField("node", it.node());
    json.writeStringField("machineId", it.machineId());
    StatusJson.text(json, "member", it.member());
    json.writeStringField("action", it.action());
    json.writeStringField("reason", it.reason());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    StatusJson.instant(json, "seenSince", it.seenSince());
    json.writeNumberField("deadlineS", it.deadlineSeconds());
  }

  private static void freeze(JsonGenerator json, FreezeStatus it) throws IOException {
    json.writeStringField("by", it.by());
    json.writeStringField("why", it.why());
    StatusJson.instant(json, "since", Optional.of(it.since()));
  }

  private static void past(JsonGenerator json, PastStatus it) throws IOException {
    json.writeStringField("node", it.node());
    json.writeStringField("action", it.action());
    json.writeStringField("result", it.result());
    StatusJson.instant(json, "began", Optional.of(it.began()));
    StatusJson.instant(json, "ended", Optional.of(it.ended()));
  }

  private static void rolling(JsonGenerator json, RollingStatus it) throws IOException {
    json.writeStringField("id", it.id());
    json.writeStringField("action", it.action());
    json.writeStringField("by", it.by());
    json.writeStringField("why", it.why());
    StatusJson.instant(json, "since", Optional.of(it.since()));
    StatusJson.array(json, "masters", it.masters(), JsonGenerator::writeString);
    StatusJson.array(json, "done", it.done(), JsonGenerator::writeString);
    StatusJson.text(json, "stopped", it.stopped());
  }
}
