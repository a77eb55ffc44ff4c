package io.hasupervisor.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.publish.Plain;
import io.hasupervisor.publish.Span;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * etcd's part of a status, in words and as a table.
 *
 * @param etcd {@code controlPlane.etcd} of the JSON form
 * @param findings those of its area
 * @param at when it was so
 * @param watched whether somebody has watched for long enough to say since when
 */
record EtcdTable(JsonNode etcd, List<JsonNode> findings, Instant at, boolean watched) {
  private static final int LINE = 400;
  private static final List<String> HEAD =
      List.of("MEMBER", "ID", "ROLE", "STATE", "VERSION", "DB SIZE", "LAG", "LAST PROOF");

  /** Some lines, each ended. */
  String text() {
    StringBuilder text = new StringBuilder();
    String since =
        instant(etcd.path("since")).filter(_ -> watched).map(it -> " for " + age(it)).orElse("");
    line(text, word(etcd, "state") + since + ": " + word(etcd, "summary"));
    line(text, counts() + "; " + proof());
    line(
        text,
        "cluster %s, leader %s, term %s, revision %s"
            .formatted(
                hex(etcd, "clusterId"),
                name(word(etcd, "leader")),
                word(etcd, "term"),
                word(etcd, "revision")));
    etcd.path("alarms").forEach(alarm -> line(text, "alarm " + alarm.asText()));
    etcd.path("reasons").forEach(reason -> line(text, "also " + reason.asText()));
    text.append('\n');
    members(text);
    for (JsonNode finding : findings) {
      text.append('\n');
      line(
          text,
          word(finding, "severity") + " " + word(finding, "code") + ": " + word(finding, "text"));
      line(text, "  cure: " + word(finding, "cure"));
    }
    return text.toString();
  }

  private String counts() {
    String learners =
        word(etcd, "learners").equals("0") ? "" : ", learners " + word(etcd, "learners");
    return "voters %s, healthy %s, quorum %s, can lose %s of %s%s"
        .formatted(
            word(etcd, "voters"),
            word(etcd, "healthy"),
            word(etcd, "quorum"),
            word(etcd, "canLose"),
            word(etcd, "tolerance"),
            learners);
  }

  private String proof() {
    JsonNode millis = etcd.path("proofAgeMs");
    return millis.isNumber()
        ? "proven %s ago through %s"
            .formatted(Span.text(Duration.ofMillis(millis.asLong())), name(word(etcd, "proofVia")))
        : "nothing is proven";
  }

  private void members(StringBuilder text) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    etcd.path("members").forEach(member -> rows.add(row(member)));
    List<String> lines = Columns.of(rows);
    line(text, lines.getFirst());
    for (int i = 1; i < lines.size(); i++) {
      line(text, lines.get(i));
      JsonNode member = etcd.path("members").path(i - 1);
      if (!word(member, "state").equals("HEALTHY") && !word(member, "why").isEmpty()) {
        line(text, "  " + word(member, "why"));
      }
    }
  }

  private List<String> row(JsonNode member) {
    List<String> role = new ArrayList<>();
    if (member.path("leader").asBoolean()) {
      role.add("leader");
    }
    if (member.path("learner").asBoolean()) {
      role.add("learner");
    }
    if (member.path("own").asBoolean()) {
      role.add("this host");
    }
    String name = word(member, "name");
    return List.of(
        name.isEmpty() ? word(member, "url") : name,
        hex(member, "id"),
        String.join(", ", role),
        word(member, "state"),
        word(member, "version"),
        size(member.path("dbSize").asLong(-1)),
        member.path("lag").asLong(-1) < 0 ? "-" : word(member, "lag"),
        instant(member.path("lastProof")).map(it -> age(it) + " ago").orElse("never"));
  }

  /** The member's name, for an id in decimal. */
  private String name(String id) {
    for (JsonNode member : etcd.path("members")) {
      if (!id.isEmpty() && word(member, "id").equals(id) && !word(member, "name").isEmpty()) {
        return word(member, "name");
      }
    }
    return id.isEmpty() ? "none" : hex(id);
  }

  private static String hex(JsonNode node, String field) {
    String id = word(node, field);
    return id.isEmpty() ? "unknown" : hex(id);
  }

  private static String hex(String decimal) {
    return EtcdId.decimal(decimal).map(EtcdId::toString).orElse(decimal);
  }

  static String size(long bytes) {
    if (bytes < 0) {
      return "-";
    }
    if (bytes < 1 << 20) {
      return (bytes >> 10) + " KiB";
    }
    double mebibytes = bytes / (double) (1 << 20);
    return String.format(Locale.ROOT, mebibytes < 10 ? "%.1f MiB" : "%.0f MiB", mebibytes);
  }

  private String age(Instant then) {
    return Span.text(Duration.between(then, at));
  }

  private static Optional<Instant> instant(JsonNode text) {
    try {
      return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String word(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNull() ? "" : Plain.line(value.asText(), LINE);
  }

  private static void line(StringBuilder text, String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
