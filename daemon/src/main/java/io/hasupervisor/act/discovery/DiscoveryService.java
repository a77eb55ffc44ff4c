package io.hasupervisor.act.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where new members of etcd find each other by the v2 discovery protocol: a service like
 * discovery.etcd.io, whose {@code /new} makes tokens, or any etcd that serves the v2 API, in which
 * a token is a directory that we make (etcd's discovery_protocol.md).
 */
public record DiscoveryService(URI service, HttpCall call) {
  private static final int REDIRECTS = 3;
  private static final int TOKEN_BYTES = 16;
  private static final JsonMapper JSON = new JsonMapper();

  /** What came of it. */
  public sealed interface Result {
    /** For {@code --discovery} of every member. */
    record Token(URI url) implements Result {}

    /** A sentence with the cause, and one with the cure. */
    record Failed(String why, String cure) implements Result {}
  }

  /** Makes a token for a new cluster of {@code size} members. */
  public Result newToken(int size) throws InterruptedException {
    if (path(service).contains("/v2/keys")) {
      boolean bare = path(service).endsWith("/v2/keys");
      return made(bare ? under(service, "/discovery") : service, size);
    }
    return asked(under(service, "/new?size=" + size), size, REDIRECTS);
  }

  private Result asked(URI uri, int size, int redirects) throws InterruptedException {
    return switch (call.get(uri)) {
      case Reply.None none ->
          new Result.Failed(
              service + " cannot be asked: " + none.why(),
              "see to name resolution and the way there (no proxy is used); or bootstrap without"
                  + " discovery");
      case Reply.Answer answer when answer.status() == 200 -> token(uri, answer.body());
      case Reply.Answer answer when location(uri, answer).isPresent() ->
          sentOn(uri, location(uri, answer).get(), size, redirects);
      case Reply.Answer answer when answer.status() == 404 && etcd() ->
          made(under(service, "/v2/keys/discovery"), size);
      case Reply.Answer answer -> refused(uri, answer);
    };
  }

  private Result sentOn(URI from, URI to, int size, int redirects) throws InterruptedException {
    return redirects > 0 && safer(from, to)
        ? asked(to, size, redirects - 1)
        : new Result.Failed(
            from + " sends on to " + to + ", where nobody is followed",
            "name the service itself with --discovery");
  }

  /** The body is the token's URL, and nothing else. */
  private Result token(URI asked, String body) {
    String url = body.strip();
    if (url.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9_.~-]+)*/[A-Za-z0-9_-]{8,128}")) {
      URI token = URI.create(url);
      return safer(asked, token)
          ? new Result.Token(token)
          : new Result.Failed(
              service + " gives a token without TLS: " + token, "use another service");
    }
    return new Result.Failed(
        service + " answers with something that is no token: " + shown(body),
        "name a discovery service, or an etcd's http://HOST:2379/v2/keys/discovery, with"
            + " --discovery");
  }

  /** Makes the directory of a token, and reads back that it is there. */
  private Result made(URI base, int size) throws InterruptedException {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    URI token = under(base, "/" + HexFormat.of().formatHex(random));
    URI key = under(token, "/_config/size");
    Reply put = call.put(key, "value=" + size + "&prevExist=false");
    if (put instanceof Reply.Answer answer && answer.status() != 201) {
      return refused(key, answer);
    }
    return switch (put instanceof Reply.None ? put : call.get(under(key, "?quorum=true"))) {
      case Reply.None none ->
          new Result.Failed(
              base + " cannot be asked: " + none.why(), "see that the etcd runs and is reachable");
      case Reply.Answer answer ->
          json(answer.body()).path("node").path("value").asText().equals(Integer.toString(size))
              ? new Result.Token(token)
              : refused(key, answer);
    };
  }

  private Result refused(URI uri, Reply.Answer answer) {
    boolean noV2 = path(uri).contains("/v2/keys") && answer.status() == 404;
    return noV2
        ? new Result.Failed(
            service + " serves no v2 API (HTTP 404)",
            "start that etcd with --enable-v2, which 3.6 no longer has; or bootstrap without"
                + " discovery")
        : new Result.Failed(
            "%s answers HTTP %d: %s".formatted(uri, answer.status(), shown(answer.body())),
            answer.status() >= 500
                ? "try again later; an etcd without a leader answers like this too"
                : "see that --discovery names a discovery service; or bootstrap without discovery");
  }

  /** Whether the service is a plain etcd, named without the path of its keys. */
  private boolean etcd() throws InterruptedException {
    return call.get(under(service, "/version")) instanceof Reply.Answer answer
        && json(answer.body()).has("etcdserver");
  }

  private static Optional<URI> location(URI asked, Reply.Answer answer) {
    String location = answer.headers().getOrDefault("location", "");
    if (answer.status() / 100 != 3 || location.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(asked.resolve(location)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** TLS is never left, and no other scheme entered. */
  private static boolean safer(URI from, URI to) {
    return "https".equalsIgnoreCase(to.getScheme())
        || ("http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static URI under(URI base, String more) {
    return URI.create(base.toString().replaceAll("/$", "") + more);
  }

  private static String path(URI uri) {
    return uri.getPath().replaceAll("/$", "");
  }

  private static String shown(String body) {
    String line = body.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return line.length() > 100 ? line.substring(0, 100) + "…" : line.isEmpty() ? "(empty)" : line;
  }
}
