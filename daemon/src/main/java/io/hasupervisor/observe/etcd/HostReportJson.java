package io.hasupervisor.observe.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.observe.Excerpt;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A host's report as part of an attestation's value; what is not understood is left out. */
final class HostReportJson {
  private static final int MOST_SECRETS = 12;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}|none");

  private HostReportJson() {}

  static void write(HostReport report, ObjectNode to) {
    to.put("supervisor", Excerpt.of(report.supervisor()));
    to.put("kubelet", Excerpt.of(report.kubelet()));
    report.manifests().ifPresent(revision -> to.put("manifests", revision));
    report.lastKnownGood().ifPresent(revision -> to.put("lastKnownGood", revision));
    to.put("worst", Excerpt.of(report.worst()));
    ObjectNode secrets = to.putObject("secrets");
    report.secrets().entrySet().stream()
        .limit(MOST_SECRETS)
        .forEach(secret -> secrets.put(secret.getKey(), secret.getValue()));
  }

  static HostReport read(JsonNode from) {
    Map<String, String> secrets = new TreeMap<>();
    from.path("secrets").properties().stream()
        .filter(secret -> NAME.matcher(secret.getKey()).matches())
        .filter(secret -> FINGERPRINT.matcher(secret.getValue().asText()).matches())
        .limit(MOST_SECRETS)
        .forEach(secret -> secrets.put(secret.getKey(), secret.getValue().asText()));
    return new HostReport(
        Excerpt.of(from.path("supervisor").asText()),
        Excerpt.of(from.path("kubelet").asText()),
        number(from.path("manifests")),
        number(from.path("lastKnownGood")),
        Excerpt.of(from.path("worst").asText()),
        secrets);
  }

  private static Optional<Integer> number(JsonNode from) {
    return from.isInt() ? Optional.of(from.intValue()) : Optional.empty();
  }
}
