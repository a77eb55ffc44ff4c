package io.hasupervisor.observe.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads through the own apiserver which addresses stand behind the service {@code kubernetes}:
 * every sixth round, for it is of interest after a minute, and where apiservers may know this host.
 */
public final class EndpointsLook {
  private static final String PATH = "/api/v1/namespaces/default/endpoints/kubernetes";
  private static final int EVERY = 6;
  private static final Duration LIMIT = Duration.ofSeconds(4);
  private static final int LONGEST = 64 * 1024;
  private static final int MOST = 100;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpCall http;
  private final URI uri;
  private final boolean permitted;
  private EndpointsSeen seen = EndpointsSeen.UNKNOWN;
  private int rounds;

  private EndpointsLook(HttpCall http, URI uri, boolean permitted) {
    this.http = http;
    this.uri = uri;
    this.permitted = permitted;
  }

  /** Nothing is asked yet. The seed's port without TLS lets everybody in. */
  public static EndpointsLook of(ApiserverSettings settings) {
    boolean plain = "http".equalsIgnoreCase(settings.local().getScheme());
    return new EndpointsLook(
        ApiserverLook.http(settings), settings.local().resolve(PATH), plain || settings.known());
  }

  /** What they were when they were last read. */
  public EndpointsSeen look() throws InterruptedException {
    if (permitted && rounds++ % EVERY == 0) {
      seen = read(http.within(LIMIT, LONGEST).get(uri));
    }
    return seen;
  }

  static EndpointsSeen read(Reply reply) {
    if (!(reply instanceof Reply.Answer answer) || answer.status() != 200) {
      return EndpointsSeen.UNKNOWN;
    }
    try {
      JsonNode root = JSON.readTree(answer.body());
      return root != null && root.path("kind").asText().equals("Endpoints")
          ? new EndpointsSeen(true, addresses(root))
          : EndpointsSeen.UNKNOWN;
    } catch (JsonProcessingException e) {
      return EndpointsSeen.UNKNOWN;
    }
  }

  private static List<String> addresses(JsonNode root) {
    List<String> all = new ArrayList<>();
    for (JsonNode subset : root.path("subsets")) {
      for (JsonNode address : subset.path("addresses")) {
        String ip = address.path("ip").asText();
        if (all.size() < MOST && Addresses.isAddress(ip)) {
          all.add(Addresses.canonical(ip));
        }
      }
    }
    return all;
  }
}
