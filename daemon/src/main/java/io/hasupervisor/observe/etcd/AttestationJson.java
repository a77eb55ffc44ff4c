package io.hasupervisor.observe.etcd;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.observe.Excerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The value of an attestation's key. Another daemon wrote it, perhaps a newer one, or somebody
 * else: what is not understood is left out.
 */
public final class AttestationJson {
  /** Bytes of a value. */
  public static final int LIMIT = 2048;

  private static final int SCHEMA = 1;
  private static final int MOST_ALARMS = 8;
  private static final JsonMapper JSON = new JsonMapper();

  private AttestationJson() {}

  /** What was below the prefix; {@code ignored} counts what was no attestation of its key. */
  public record Read(List<Attestation> attestations, int ignored) {
    public Read {
      attestations = List.copyOf(attestations);
    }
  }

  /** Where the attestations of a cluster's members lie. */
  public static String prefix(String cluster) {
    return "/ha-supervisor/v1/" + cluster + "/attest/";
  }

  /** Where a member's attestation lies. */
  public static String key(String cluster, EtcdId member) {
    return prefix(cluster) + member;
  }

  /** As a key's value; more alarms than eight are cut off. */
  public static byte[] encode(Attestation attestation) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    root.put("member", attestation.member().toString());
    root.put("cluster", attestation.cluster().toString());
    root.put("node", attestation.node());
    root.put("machineId", attestation.machineId());
    root.put("bootId", attestation.bootId());
    root.put("sequence", attestation.sequence());
    root.put("revision", attestation.revision());
    root.put("applied", attestation.applied());
    root.put("version", attestation.version());
    root.put("slowMs", attestation.slow().toMillis());
    ArrayNode alarms = root.putArray("alarms");
    attestation.alarms().stream().limit(MOST_ALARMS).map(Excerpt::of).forEach(alarms::add);
    root.put("healthy", attestation.healthy());
    root.put("docker", attestation.docker());
    root.put("apiserver", attestation.apiserver());
    root.put("repair", attestation.repair());
    HostReportJson.write(attestation.host(), root.putObject("host"));
    root.put("at", attestation.at().toString());
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Empty for what this program does not write, and for a newer schema. */
  public static Optional<Attestation> decode(byte[] value) {
    if (value.length > LIMIT) {
      return Optional.empty();
    }
    try {
      JsonNode root = JSON.readTree(value);
      Optional<EtcdId> member = EtcdId.hex(root.path("member").asText());
      Optional<EtcdId> cluster = EtcdId.hex(root.path("cluster").asText());
      return root.path("schema").asInt() == SCHEMA
              && root.path("sequence").isIntegralNumber()
              && member.isPresent()
              && cluster.isPresent()
          ? Optional.of(attestation(root, member.get(), cluster.get()))
          : Optional.empty();
    } catch (JacksonException | DateTimeException | ArithmeticException e) {
      return Optional.empty();
    } catch (IOException e) {
      // Never of bytes in memory.
      return Optional.empty();
    }
  }

  private static Attestation attestation(JsonNode root, EtcdId member, EtcdId cluster) {
    return new Attestation(
        member,
        cluster,
        text(root, "node"),
        text(root, "machineId"),
        text(root, "bootId"),
        root.path("sequence").asLong(),
        root.path("revision").asLong(),
        root.path("applied").asLong(),
        text(root, "version"),
        Duration.ofMillis(root.path("slowMs").asLong()),
        StreamSupport.stream(root.path("alarms").spliterator(), false)
            .limit(MOST_ALARMS)
            .map(alarm -> Excerpt.of(alarm.asText()))
            .toList(),
        root.path("healthy").asBoolean(),
        text(root, "docker"),
        text(root, "apiserver"),
        text(root, "repair"),
        HostReportJson.read(root.path("host")),
        Instant.parse(root.path("at").asText()));
  }

  private static String text(JsonNode root, String field) {
    return Excerpt.of(root.path(field).asText());
  }

  /** All of what was read below {@link #prefix}. */
  static Read all(Map<String, byte[]> values) {
    List<Attestation> attestations = new ArrayList<>();
    values.forEach(
        (key, value) ->
            decode(value)
                .filter(found -> key.endsWith("/" + found.member()))
                .ifPresent(attestations::add));
    return new Read(attestations, values.size() - attestations.size());
  }
}
