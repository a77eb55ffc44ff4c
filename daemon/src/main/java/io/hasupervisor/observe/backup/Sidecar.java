package io.hasupervisor.observe.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.host.WholeFile;
import io.hasupervisor.observe.etcd.EtcdId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a backup, kept beside it as JSON.
 *
 * @param sequence 1 for the first backup of a directory, then rising: the order in which they were
 *     made, whatever the clock said; 0 for one whose sidecar was lost
 * @param at when it was begun
 * @param sha256 of the whole file, as {@code sha256sum} prints it
 * @param size bytes
 * @param cluster empty where it is not known
 * @param revision of a linearizable read right before: the backup holds it, and maybe later ones
 * @param term of that read
 * @param version of the member
 * @param dbSize bytes of the member's database, {@code inUse} those not free; -1 unknown
 * @param checked when all of it was last compared with its checksums
 * @param problem what that found; empty: it is whole
 */
public record Sidecar(
    long sequence,
    Instant at,
    String sha256,
    long size,
    Optional<EtcdId> cluster,
    Optional<EtcdId> member,
    long revision,
    long term,
    String version,
    long dbSize,
    long inUse,
    Duration took,
    Instant checked,
    String problem) {
  private static final int SCHEMA = 1;
  private static final int LIMIT = 64 * 1024;
  private static final int TEXT_LIMIT = 1000;
  private static final JsonMapper JSON = new JsonMapper();

  /** After one more check. */
  public Sidecar checked(Instant when, String found) {
    return new Sidecar(
        sequence, at, sha256, size, cluster, member, revision, term, version, dbSize, inUse, took,
        when, found);
  }

  /** What a file says; empty where there is none, or it is not what {@link #encode} writes. */
  public static Optional<Sidecar> read(Path file) {
    try {
      return decode(JSON.readTree(WholeFile.read(file, LIMIT)));
    } catch (IOException | DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<Sidecar> decode(JsonNode root) {
    Sidecar read =
        new Sidecar(
            root.path("sequence").asLong(-1),
            Instant.parse(text(root, "at")),
            text(root, "sha256"),
            root.path("size").asLong(-1),
            EtcdId.decimal(text(root, "clusterId")),
            EtcdId.decimal(text(root, "memberId")),
            root.path("revision").asLong(-1),
            root.path("term").asLong(-1),
            text(root, "version"),
            root.path("dbSize").asLong(-1),
            root.path("dbSizeInUse").asLong(-1),
            Duration.ofMillis(root.path("tookMillis").asLong(0)),
            Instant.parse(text(root.path("verified"), "at")),
            text(root.path("verified"), "problem"));
    boolean ours =
        root.path("schema").asInt() == SCHEMA
            && read.sequence >= 0
            && read.size >= 0
            && read.revision >= 0
            && root.path("verified").path("problem").isTextual()
            && read.sha256.matches("[0-9a-f]{64}");
    return ours ? Optional.of(read) : Optional.empty();
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).asText("");
    return text.substring(0, Math.min(TEXT_LIMIT, text.length()));
  }

  /** As a file's content. */
  public byte[] encode() {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA).put("sequence", sequence).put("at", at.toString());
    root.put("sha256", sha256).put("size", size);
    root.put("clusterId", cluster.map(EtcdId::decimal).orElse(""));
    root.put("memberId", member.map(EtcdId::decimal).orElse(""));
    root.put("revision", revision).put("term", term).put("version", version);
    root.put("dbSize", dbSize).put("dbSizeInUse", inUse).put("tookMillis", took.toMillis());
    root.putObject("verified").put("at", checked.toString()).put("problem", problem);
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
