package io.hasupervisor.observe.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.manifest.KubeletSeen.Container;
import io.hasupervisor.observe.manifest.KubeletSeen.End;
import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a {@code PodList} of the Kubernetes API piece by piece: a list of all pods takes more
 * memory as a tree than this daemon has, and most of it is of no interest.
 */
final class KubeletJson {
  private static final JsonMapper JSON = new JsonMapper();

  /** Containers of one pod that are kept. */
  private static final int MOST = 20;

  private KubeletJson() {}

  /**
   * The containers of {@code wanted} pods, by {@code namespace/name}.
   *
   * @throws IOException when it is no such list, or ends too early
   */
  static Map<String, List<Container>> read(String body, Set<String> wanted) throws IOException {
    Map<String, List<Container>> pods = new HashMap<>();
    boolean list = false;
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean items = json.currentName().equals("items");
        json.nextToken();
        if (items) {
          list = true;
          items(json, wanted, pods);
        } else {
          json.skipChildren();
        }
      }
      if (!list || json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("no list of pods");
      }
    }
    return pods;
  }

  /** Null is an empty list, as Go writes it. */
  private static void items(JsonParser json, Set<String> wanted, Map<String, List<Container>> pods)
      throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      JsonNode metadata = JSON.missingNode();
      JsonNode status = JSON.missingNode();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "metadata" -> metadata = JSON.readTree(json);
          case "status" -> status = JSON.readTree(json);
          default -> json.skipChildren();
        }
      }
      String pod =
          metadata.path("namespace").asText("default") + "/" + metadata.path("name").asText();
      if (wanted.contains(pod)) {
        pods.put(pod, containers(status.path("containerStatuses")));
      }
    }
  }

  private static List<Container> containers(JsonNode statuses) {
    List<Container> containers = new ArrayList<>();
    for (JsonNode one : statuses) {
      if (containers.size() < MOST && one.path("name").isTextual()) {
        containers.add(container(one));
      }
    }
    return containers;
  }

  private static Container container(JsonNode it) {
    JsonNode state = it.path("state");
    return new Container(
        it.path("name").asText(),
        words(it, "image"),
        Math.max(0, it.path("restartCount").asInt()),
        state.has("running"),
        instant(state.path("running").path("startedAt")),
        state.path("waiting").isObject()
            ? Optional.of(
                new Waiting(
                    words(state.path("waiting"), "reason"),
                    words(state.path("waiting"), "message")))
            : Optional.empty(),
        end(state.path("terminated")).or(() -> end(it.path("lastState").path("terminated"))));
  }

  private static Optional<End> end(JsonNode terminated) {
    return instant(terminated.path("finishedAt"))
        .map(at -> new End(words(terminated, "reason"), terminated.path("exitCode").asInt(), at));
  }

  private static String words(JsonNode node, String name) {
    String text = node.path(name).asText("");
    // Short before it is masked: patterns take their time with long texts.
    String start = text.substring(0, Math.min(text.length(), 1000));
    return Excerpt.of(Masked.output(List.of(start.replaceAll("\\s+", " "))).getFirst());
  }

  /** Empty for what is no time, and for the year 1, which means never. */
  private static Optional<Instant> instant(JsonNode text) {
    try {
      return Optional.of(Instant.parse(text.asText())).filter(Instant.EPOCH::isBefore);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
