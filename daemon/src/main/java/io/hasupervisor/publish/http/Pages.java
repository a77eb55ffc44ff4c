package io.hasupervisor.publish.http;

import io.hasupervisor.publish.ClusterJson;
import io.hasupervisor.publish.Feed;
import io.hasupervisor.publish.ReadyFeed;
import io.hasupervisor.publish.Rendering;
import io.hasupervisor.publish.Status.ServiceStatus;
import io.hasupervisor.publish.StatusJson;
import io.hasupervisor.publish.StatusText;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is found under which path. */
final class Pages {
  /** A loop that has not turned for this long is not well: it turns at least each poll period. */
  static final Duration LOOP_LIMIT = Duration.ofSeconds(10);

  private static final String SERVICES = "/status/services/";
  private static final String INDEX =
      """
      ha-supervisor, read-only:
        /status                   all services, JSON; as text with ?format=text
        /status/services/NAME     one service
        /cluster                  all masters as this one knows them, JSON
        /events?since=N           changes after number N
        /ready                    200 while this master should be sent API traffic, else 503
        /healthz                  200 while the daemon itself is well
      Commands: ha-supervisor --help
      """;

  private final Feed feed;
  private final ReadyFeed ready;

  Pages(Feed feed, ReadyFeed ready) {
    this.feed = feed;
    this.ready = ready;
  }

  /**
   * The answer to GET {@code path}.
   *
   * @param format value of the query's {@code format}
   * @param since value of the query's {@code since}
   * @param accept the request's Accept header
   */
  Answer get(String path, Optional<String> format, Optional<String> since, String accept) {
    return switch (path) {
      case "/" -> Answer.text(INDEX);
      case "/status" -> status(format, accept);
      case "/cluster" -> cluster();
      case "/events" -> events(since);
      case "/healthz" -> healthz();
      case "/ready" -> Answer.ready(ready.ready());
      default ->
          path.startsWith(SERVICES)
              ? service(path.substring(SERVICES.length()))
              : Answer.error(404, "nothing here; paths are listed at /");
    };
  }

  private Answer status(Optional<String> format, String accept) {
    return switch (format.orElseGet(() -> prefersText(accept) ? "text" : "json")) {
      case "json" -> Answer.json(StatusJson.of(feed.status()));
      case "text" -> Answer.text(StatusText.of(feed.status(), Rendering.TEXT));
      default -> Answer.error(400, "format is json or text");
    };
  }

  private Answer cluster() {
    return feed.cluster()
        .map(it -> Answer.json(ClusterJson.of(it)))
        .orElseGet(() -> Answer.error(404, "this host is not configured as a master"));
  }

  /** Whether text/plain is named, and JSON is not named before it. */
  private static boolean prefersText(String accept) {
    String types = accept.toLowerCase(Locale.ROOT);
    int text = types.indexOf("text/plain");
    int json = types.indexOf("application/json");
    return text >= 0 && (json < 0 || text < json);
  }

  private Answer service(String name) {
    Optional<ServiceStatus> found =
        feed.status().services().stream()
            .filter(service -> service.name().equals(name))
            .findFirst();
    return found
        .map(service -> Answer.json(StatusJson.of(service)))
        .orElseGet(() -> Answer.error(404, "no such service; they are listed at /status"));
  }

  private Answer events(Optional<String> since) {
    String number = since.orElse("0");
    return number.matches("\\d{1,18}")
        ? Answer.json(StatusJson.of(feed.eventsSince(Long.parseLong(number))))
        : Answer.error(400, "since is the number of an event, 0 or more");
  }

  private Answer healthz() {
    Duration age = feed.sinceLastTurn();
    return age.compareTo(LOOP_LIMIT) < 0
        ? Answer.text("ok, the loop turned " + age.toMillis() + " ms ago\n")
        : new Answer(
            503,
            "text/plain; charset=utf-8",
            "the loop has not turned for " + age.toSeconds() + " s\n");
  }
}
