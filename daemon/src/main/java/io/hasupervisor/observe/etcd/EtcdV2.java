package io.hasupervisor.observe.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.etcd.HttpAnswers.Refused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A member that speaks the v2 API alone: etcd 2.x. Its revision is {@code X-Etcd-Index}, and how
 * far its store is behind the log it does not tell.
 */
record EtcdV2(Endpoint endpoint, HttpCall http) implements MemberApi {
  private static final String KEYS = "/v2/keys";
  private static final int LONGEST = 64 * 1024;
  private static final String LOCAL = KEYS + "/";
  private static final String QUORUM = KEYS + "/?quorum=true";
  private static final String NO_KEY = "Key not found";

  /** The v2 API's errors 100, 101 and 105: there is no such key, it differs, it exists. */
  private static final Pattern DIFFERS =
      Pattern.compile(NO_KEY + "|Compare failed|Key already exists");

  /** The server's version, which any etcd tells. */
  Answer<String> version(Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(endpoint, http, deadline, EtcdV2::version);
  }

  private static String version(HttpQuestion question)
      throws NotEtcd, Refused, InterruptedException {
    return HttpAnswers.version(HttpAnswers.json(question.get("/version", LONGEST)));
  }

  @Override
  public Answer<Header> read(Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(endpoint, http, deadline, question -> keys(question, QUORUM).header());
  }

  @Override
  public Answer<Header> readLocal(Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(endpoint, http, deadline, question -> keys(question, LOCAL).header());
  }

  /** A header, and the raft index that came with it. */
  private record Seen(Header header, long index) {}

  private static Seen keys(HttpQuestion question, String path)
      throws NotEtcd, Refused, InterruptedException {
    // Who answers first: what follows then proves that it still serves.
    EtcdId self = self(question);
    // Only the headers matter; the keys may be many.
    return seen(question.get(path, LONGEST), self);
  }

  private static EtcdId self(HttpQuestion question) throws NotEtcd, Refused, InterruptedException {
    return EtcdId.hex(HttpAnswers.json(question.get("/v2/stats/self", LONGEST)).path("id").asText())
        .orElseThrow(() -> new NotEtcd("no member id"));
  }

  private static Seen seen(Reply.Answer answer, EtcdId self) throws NotEtcd {
    return new Seen(
        new Header(
            cluster(answer), self, number(answer, "x-etcd-index"), number(answer, "x-raft-term")),
        number(answer, "x-raft-index"));
  }

  private static EtcdId cluster(Reply.Answer answer) throws NotEtcd {
    return EtcdId.hex(answer.headers().getOrDefault("x-etcd-cluster-id", ""))
        .orElseThrow(() -> new NotEtcd("no cluster id"));
  }

  private static long number(Reply.Answer answer, String header) throws NotEtcd {
    try {
      return Long.parseUnsignedLong(answer.headers().getOrDefault(header, ""));
    } catch (NumberFormatException e) {
      throw new NotEtcd("no " + header);
    }
  }

  @Override
  public Answer<StatusSeen> status(Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(
        endpoint,
        http,
        deadline,
        question -> {
          String version = version(question);
          Seen seen = keys(question, LOCAL);
          Optional<EtcdId> leader = leader(question);
          return new StatusSeen(
              seen.header(),
              version,
              leader,
              seen.index(),
              -1,
              -1,
              -1,
              false,
              leader.isPresent() ? List.of() : List.of("etcdserver: no leader"));
        });
  }

  /**
   * Empty while there is none: HTTP 503. What the statistics say of the leader is of the last one.
   */
  private static Optional<EtcdId> leader(HttpQuestion question)
      throws NotEtcd, InterruptedException, Refused {
    try {
      return EtcdId.hex(
          HttpAnswers.json(question.get("/v2/members/leader", LONGEST)).path("id").asText());
    } catch (Refused e) {
      if (e.refusal().fault() == Fault.ERROR || e.refusal().fault() == Fault.NO_LEADER) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Answer<MemberList> members(Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(
        endpoint,
        http,
        deadline,
        question -> {
          EtcdId self = self(question);
          Reply.Answer answer = question.get("/v2/members", LONGEST);
          return new MemberList(
              self,
              cluster(answer),
              false,
              HttpAnswers.members(HttpAnswers.json(answer).path("members")));
        });
  }

  @Override
  public Answer<Map<String, Stored>> list(String prefix, Duration deadline)
      throws InterruptedException {
    return HttpQuestion.ask(
        endpoint,
        http,
        deadline,
        question -> {
          Map<String, Stored> values = new LinkedHashMap<>();
          below(node(question, prefix, "&recursive=true"), values);
          return values;
        });
  }

  private static void below(JsonNode node, Map<String, Stored> values) throws NotEtcd {
    for (JsonNode key : node.path("nodes")) {
      if (key.path("dir").asBoolean()) {
        below(key, values);
      } else {
        values.put(key.path("key").asText(), stored(key));
      }
    }
  }

  @Override
  public Answer<Stored> get(String key, Duration deadline) throws InterruptedException {
    return HttpQuestion.ask(endpoint, http, deadline, question -> stored(node(question, key, "")));
  }

  /** What is there, through consensus; nothing where the key is not. */
  private static JsonNode node(HttpQuestion question, String key, String more)
      throws NotEtcd, Refused, InterruptedException {
    try {
      String query = "?quorum=true" + more;
      return HttpAnswers.json(question.get(KEYS + path(key) + query, 4 * LONGEST)).path("node");
    } catch (Refused e) {
      if (!e.refusal().detail().contains(NO_KEY)) {
        throw e;
      }
      return MissingNode.getInstance();
    }
  }

  private static Stored stored(JsonNode node) throws NotEtcd {
    if (node.isMissingNode()) {
      return Stored.absent();
    }
    long revision = node.path("modifiedIndex").asLong();
    if (revision <= 0 || !node.path("value").isTextual()) {
      throw new NotEtcd("a key without value or index");
    }
    return new Stored(node.path("value").asText().getBytes(StandardCharsets.UTF_8), revision);
  }

  /** By {@code prevIndex} and {@code prevExist}. */
  @Override
  public Answer<Swap> compareAndSet(String key, long expected, byte[] value, Duration deadline)
      throws InterruptedException {
    String condition = expected == 0 ? "?prevExist=false" : "?prevIndex=" + expected;
    return HttpQuestion.ask(
        endpoint,
        http,
        deadline,
        question -> {
          try {
            Reply.Answer answer = question.put(KEYS + path(key) + condition, form(value), LONGEST);
            return new Swap.Set(stored(HttpAnswers.json(answer).path("node")).revision());
          } catch (Refused e) {
            if (!DIFFERS.matcher(e.refusal().detail()).find()) {
              throw e;
            }
            return new Swap.Lost(stored(node(question, key, "")));
          }
        });
  }

  @Override
  public Answer<Header> put(String key, byte[] value, Duration deadline)
      throws InterruptedException {
    return HttpQuestion.ask(
        endpoint,
        http,
        deadline,
        question -> {
          EtcdId self = self(question);
          return seen(question.put(KEYS + path(key), form(value), LONGEST), self).header();
        });
  }

  private static String form(byte[] value) {
    return "value="
        + URLEncoder.encode(new String(value, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Each step encoded, slashes kept. */
  private static String path(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
  }
}
