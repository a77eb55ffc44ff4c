package io.hasupervisor.observe.hostfiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What is remembered of etcd's data directory, so that an empty one is never taken for a new
 * member's: once in the state directory, once beside the data.
 *
 * @param node whose data it is
 * @param seen whether a member's data has ever been there
 * @param storage {@link Storage#identity}
 * @param inode of the directory
 */
public record DataMark(
    String node,
    Path data,
    boolean seen,
    String storage,
    String device,
    String source,
    String inode) {
  private static final int SCHEMA = 1;
  private static final int LIMIT = 64 * 1024;
  private static final JsonMapper JSON = new JsonMapper();

  /** The file in the state directory. */
  public static Path memory(Path stateDir) {
    return stateDir.resolve("etcd-data.json");
  }

  /** The file beside the data; one for each node where the storage is shared. */
  public static Path guard(Path data, boolean shared, String node) {
    return data.resolveSibling(".ha-supervisor-guard" + (shared ? "-" + node : ""));
  }

  /**
   * What a file remembers; empty where there is no file.
   *
   * @throws IOException when it is there and cannot be read or understood
   */
  public static Optional<DataMark> read(Path file) throws IOException {
    try {
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isRegularFile()) {
        throw new IOException(file + " is no regular file");
      }
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(decode(file, in.readNBytes(LIMIT)));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static DataMark decode(Path file, byte[] content) throws IOException {
    JsonNode root = JSON.readTree(content);
    if (root.path("schema").asInt() != SCHEMA || !root.path("data").asText().startsWith("/")) {
      throw new IOException(file + " is not what this program writes");
    }
    return new DataMark(
        root.path("node").asText(),
        Path.of(root.path("data").asText()),
        root.path("seen").asBoolean(),
        root.path("storage").asText(),
        root.path("device").asText(),
        root.path("source").asText(),
        root.path("inode").asText());
  }

  /**
   * Whether it was on this storage. Two UUIDs decide; where one of them is not known (udev is late
   * after a start), number and source do.
   */
  public boolean on(Storage now) {
    boolean uuids = storage.startsWith("uuid ") && now.identity().startsWith("uuid ");
    return storage.isEmpty()
        || storage.equals(now.identity())
        || (!uuids && device.equals(now.device()) && source.equals(now.source()));
  }

  /** Whether this need not be written anew: a UUID is not given up for a number. */
  public boolean says(DataMark now) {
    boolean knowsMore = storage.startsWith("uuid ") && !now.storage.startsWith("uuid ");
    String kept = knowsMore ? storage : now.storage;
    return equals(
        new DataMark(now.node, now.data, now.seen, kept, now.device, now.source, now.inode));
  }

  /** As a file's content. */
  public byte[] encode() {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA).put("node", node).put("data", data.toString()).put("seen", seen);
    root.put("storage", storage).put("device", device).put("source", source).put("inode", inode);
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
