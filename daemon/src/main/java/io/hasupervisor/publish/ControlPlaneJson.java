package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.ControlPlane.ContainerEnd;
import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.PodStatus;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.Status.FindingStatus;
import java.io.IOException;
import java.util.Optional;

/**
 * The part of the status's JSON form that tells of a master: its static pods, its etcd, its
 * findings.
 */
final class ControlPlaneJson {
  private ControlPlaneJson() {}

  static void write(JsonGenerator json, ControlPlane plane) throws IOException {
    json.writeStartObject();
    json.writeFieldName("rollout");
    rollout(json, plane.rollout());
    StatusJson.array(json, "manifests", plane.manifests(), ControlPlaneJson::manifest);
    json.writeFieldName("etcd");
    EtcdJson.write(json, plane.etcd());
    EntryJson.fields(json, plane.entry());
    json.writeFieldName("ready");
    if (plane.ready().isPresent()) {
      StatusJson.ready(json, plane.ready().get());
    } else {
      json.writeNull();
    }
    BackupView.json(json, plane.backup());
    RepairJson.fields(json, plane);
    StatusJson.array(json, "findings", plane.findings(), ControlPlaneJson::finding);
    json.writeEndObject();
  }

  private static void rollout(JsonGenerator json, RolloutStatus rollout) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", rollout.state());
    StatusJson.instant(json, "since", rollout.since());
    StatusJson.number(json, "revision", rollout.revision());
    StatusJson.number(json, "lastKnownGood", rollout.lastKnownGood());
    json.writeStringField("reason", rollout.reason());
    json.writeEndObject();
  }

  private static void manifest(JsonGenerator json, ManifestStatus manifest) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", manifest.name());
    json.writeBooleanField("drift", manifest.drift());
    json.writeStringField("running", manifest.running());
    json.writeStringField("detail", manifest.detail());
    json.writeFieldName("pod");
    if (manifest.pod().isPresent()) {
      pod(json, manifest.pod().get());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static void pod(JsonGenerator json, PodStatus pod) throws IOException {
    json.writeStartObject();
    json.writeStringField("container", pod.container());
    json.writeStringField("image", pod.image());
    StatusJson.array(json, "arguments", pod.arguments(), JsonGenerator::writeString);
    json.writeBooleanField("running", pod.running());
    json.writeNumberField("restarts", pod.restarts());
    StatusJson.instant(json, "started", pod.started());
    json.writeFieldName("lastEnd");
    if (pod.lastEnd().isPresent()) {
      end(json, pod.lastEnd().get());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }

  private static void end(JsonGenerator json, ContainerEnd end) throws IOException {
    json.writeStartObject();
    StatusJson.instant(json, "at", Optional.of(end.at()));
    json.writeNumberField("exit", end.exit());
    json.writeStringField("reason", end.reason());
    StatusJson.array(json, "lines", end.lines(), JsonGenerator::writeString);
    json.writeEndObject();
  }

  static void finding(JsonGenerator json, FindingStatus finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("area", finding.area());
    json.writeStringField("code", finding.code());
    json.writeStringField("severity", finding.severity());
    json.writeStringField("subject", finding.subject());
    json.writeStringField("text", finding.text());
    json.writeStringField("cure", finding.cure());
    StatusJson.instant(json, "since", Optional.of(finding.since()));
    json.writeEndObject();
  }
}
