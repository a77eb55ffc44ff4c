package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.assess.etcd.EtcdFindings;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.EtcdStatusView;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.StatusJson;
import io.hasupervisor.publish.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * etcd as somebody judged it.
 *
 * @param source {@code daemon}, or {@code command} where none answered
 * @param etcd {@code controlPlane.etcd} of the status's JSON form
 * @param findings those of its area
 */
record EtcdSeen(String source, Instant at, JsonNode etcd, List<JsonNode> findings) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Of the status's JSON form; empty where it says nothing of etcd. */
  static Optional<EtcdSeen> of(String status, String source) {
    try {
      JsonNode root = JSON.readTree(status);
      JsonNode plane = root.path("controlPlane");
      if (!plane.path("etcd").isObject()) {
        return Optional.empty();
      }
      List<JsonNode> findings = new ArrayList<>();
      for (JsonNode finding : plane.path("findings")) {
        if (finding.path("area").asText().equals("etcd")) {
          findings.add(finding);
        }
      }
      return Optional.of(
          new EtcdSeen(
              source, Instant.parse(root.path("at").asText()), plane.path("etcd"), findings));
    } catch (JsonProcessingException | DateTimeException e) {
      // A daemon of another version, which refused the question in words.
      return Optional.empty();
    }
  }

  /** As judged from here. */
  static EtcdSeen of(EtcdView view, String node, Master master, Clock clock) {
    Instant at = clock.wall();
    List<FindingStatus> findings =
        EtcdFindings.of(view).stream()
            .map(
                it ->
                    new FindingStatus(
                        "etcd",
                        it.code(),
                        it.severity().name(),
                        it.subject(),
                        it.text(),
                        it.cure(),
                        at))
            .toList();
    ControlPlane plane =
        new ControlPlane(
            new RolloutStatus("NONE", Optional.empty(), Optional.empty(), Optional.empty(), ""),
            List.of(),
            Optional.of(
                EtcdStatusView.of(view, master.cluster().masters().size(), clock.now(), at)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            findings);
    Status status =
        new Status(
            Status.SCHEMA,
            node,
            Version.current(),
            at,
            Status.Level.OK,
            "",
            false,
            List.of(),
            Optional.of(plane),
            Optional.empty(),
            List.of());
    return of(StatusJson.of(status), "command").orElseThrow();
  }

  /** A name of {@link io.hasupervisor.assess.etcd.ClusterState}. */
  String state() {
    return etcd.path("state").asText();
  }

  /** For people. */
  String text() {
    return new EtcdTable(etcd, findings, at, source.equals("daemon")).text();
  }

  /** For programs. */
  String json() {
    ObjectNode json = JSON.createObjectNode().put("source", source).put("at", at.toString());
    json.set("etcd", etcd);
    json.putArray("findings").addAll(findings);
    return json.toPrettyString() + "\n";
  }
}
