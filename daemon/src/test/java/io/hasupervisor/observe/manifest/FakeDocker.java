package io.hasupervisor.observe.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * A docker that knows some containers and images. Like the real one it lists those that all filters
 * of a request accept, ended ones only when asked, and knows a container by its id.
 */
final class FakeDocker implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocketChannel listener;
  private final Map<String, JsonNode> inspections = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> images = new ConcurrentHashMap<>();
  private final List<JsonNode> listed = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> logs = new ConcurrentHashMap<>();
  final CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  FakeDocker(Path socket) throws IOException {
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::run);
  }

  /** A container of the list and of its own. */
  void add(Box box) {
    listed.add(box.listed());
    inspections.put(box.id(), box.inspected());
  }

  /** In the list, but gone before it is asked about. */
  void addVanishing(Box box) {
    listed.add(box.listed());
  }

  /** What a container wrote, in frames: {@code 1} or {@code 2} for the stream, and the words. */
  void logs(String id, Object... streamsAndWords) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < streamsAndWords.length; i += 2) {
      byte[] words = ((String) streamsAndWords[i + 1]).getBytes(UTF_8);
      frames.writeBytes(
          ByteBuffer.allocate(8)
              .put((byte) (int) (Integer) streamsAndWords[i])
              .putInt(4, words.length)
              .array());
      frames.writeBytes(words);
    }
    logs.put(id, frames.toByteArray());
  }

  void raw(String id, String words) {
    logs.put(id, words.getBytes(UTF_8));
  }

  void image(String id, String... tags) {
    images.put(id, JSON.createObjectNode().put("Id", id).set("RepoTags", JSON.valueToTree(tags)));
  }

  private void run() {
    try {
      while (true) {
        try (SocketChannel client = listener.accept()) {
          serve(client);
        }
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  private void serve(SocketChannel client) throws IOException {
    String head = head(Channels.newInputStream(client));
    String target = head.split(" ", -1)[1];
    requests.add(target);
    URI uri = URI.create("http://docker" + target);
    String path = uri.getPath().replaceFirst("^/v[0-9.]+", "");
    if (path.equals("/containers/json")) {
      answer(client, 200, list(uri.getQuery() == null ? "" : uri.getQuery()));
    } else if (path.endsWith("/logs")) {
      logs(client, path.split("/", -1)[2]);
    } else {
      String[] parts = path.split("/", -1);
      JsonNode found = (parts[1].equals("images") ? images : inspections).get(parts[2]);
      answer(
          client,
          found == null ? 404 : 200,
          found == null ? JSON.createObjectNode().put("message", "no such thing") : found);
    }
  }

  /** Without a log it has a driver that keeps none; of a "mute" one nothing ever comes. */
  private void logs(SocketChannel client, String id) throws IOException {
    byte[] frames = logs.get(id);
    if (id.startsWith("mute")) {
      int ended = client.read(ByteBuffer.allocate(1));
      hungUp.complete(ended < 0);
    } else if (frames == null) {
      String words = "configured logging driver does not support reading";
      answer(client, 501, JSON.createObjectNode().put("message", words));
    } else {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + frames.length + "\r\n\r\n";
      client.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
      client.write(ByteBuffer.wrap(frames));
    }
  }

  private JsonNode list(String query) throws IOException {
    JsonNode filters = JSON.createObjectNode();
    boolean all = false;
    for (String part : query.split("&", -1)) {
      if (part.startsWith("filters=")) {
        filters = JSON.readTree(part.substring("filters=".length()));
      }
      all |= part.equals("all=true");
    }
    ArrayNode found = JSON.createArrayNode();
    for (JsonNode container : listed) {
      if (accepts(filters, container)
          && (all || container.get("State").asText().equals("running"))) {
        found.add(container);
      }
    }
    return found;
  }

  private static boolean accepts(JsonNode filters, JsonNode container) {
    for (JsonNode label : filters.path("label")) {
      String[] pair = label.asText().split("=", 2);
      if (!container.path("Labels").path(pair[0]).asText("(none)").equals(pair[1])) {
        return false;
      }
    }
    for (JsonNode name : filters.path("name")) {
      if (!Pattern.compile(name.asText()).matcher(container.at("/Names/0").asText()).find()) {
        return false;
      }
    }
    return true;
  }

  private static void answer(SocketChannel client, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    String head =
        "HTTP/1.1 "
            + status
            + " Said\r\nContent-Type: application/json\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    client.write(ByteBuffer.wrap(head.getBytes(UTF_8)));
    client.write(ByteBuffer.wrap(bytes));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A container as docker 20.10 shows it. */
  record Box(
      String id,
      String name,
      Map<String, String> labels,
      String image,
      String imageId,
      List<String> argv,
      String created,
      String state,
      String finished,
      int exit,
      String error) {

    JsonNode listed() {
      return JSON.valueToTree(
          Map.of(
              "Id",
              id,
              "Names",
              List.of("/" + name),
              "Labels",
              labels,
              "Created",
              java.time.Instant.parse(created).getEpochSecond(),
              "State",
              state));
    }

    JsonNode inspected() {
      return JSON.valueToTree(
          Map.of(
              "Id",
              id,
              "Created",
              created,
              "Path",
              argv.getFirst(),
              "Args",
              argv.subList(1, argv.size()),
              "Image",
              imageId,
              "Config",
              Map.of("Image", image, "Labels", labels),
              "State",
              Map.of(
                  "Status",
                  state,
                  "Running",
                  state.equals("running"),
                  "Paused",
                  false,
                  "ExitCode",
                  exit,
                  "Error",
                  error,
                  "FinishedAt",
                  finished)));
    }
  }
}
