package io.hasupervisor.observe.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.HttpCall.Reply;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What members answer over HTTP, in our words. */
final class HttpAnswers {
  private static final JsonMapper JSON = new JsonMapper();

  private HttpAnswers() {}

  /**
   * The answer where it has the status 200, else why it has not.
   *
   * @throws Refused saying so
   */
  static Reply.Answer good(Reply reply, boolean secure) throws Refused {
    return switch (reply) {
      case Reply.None none -> throw new Refused(new Refusal(fault(none, secure), none.why()));
      case Reply.Answer answer when answer.status() == 200 -> answer;
      case Reply.Answer answer -> throw new Refused(refusal(answer));
    };
  }

  /** Carries a refusal to where the answer is made. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.detail(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  private static Fault fault(Reply.None none, boolean secure) {
    if (none.symptom().isEmpty()) {
      return secure ? Fault.TLS : Fault.ERROR;
    }
    return switch (none.symptom().get()) {
      case REFUSED -> Fault.REFUSED;
      case TIMED_OUT -> Fault.TIMEOUT;
      case UNREACHABLE, CLOSED -> Fault.UNREACHABLE;
      case GARBAGE -> Fault.GARBAGE;
      case TLS_FAILED -> Fault.TLS;
      case NO_SOCKET, BAD_STATUS, BAD_BODY, BAD_EXIT, NO_PROCESS, ZOMBIE, STOP_HANGS -> Fault.ERROR;
    };
  }

  private static Refusal refusal(Reply.Answer answer) {
    String said = "HTTP " + answer.status() + ": " + Excerpt.of(answer.body());
    return switch (answer.status()) {
      case 401, 403 -> new Refusal(Fault.DENIED, said);
      case 410 -> new Refusal(Fault.REMOVED, said);
      case 500, 503 -> new Refusal(Refusal.of(answer.body()).fault(), said);
      default -> new Refusal(answer.status() < 500 ? Fault.GARBAGE : Fault.ERROR, said);
    };
  }

  /** The body as JSON. */
  static JsonNode json(Reply.Answer answer) throws NotEtcd {
    try {
      JsonNode root = JSON.readTree(answer.body());
      if (root != null && root.isContainerNode()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      // Said below.
    }
    throw new NotEtcd("not JSON: " + Excerpt.of(answer.body()));
  }

  /** The server's version of {@code /version}. */
  static String version(JsonNode root) throws NotEtcd {
    String version = Excerpt.of(root.path("etcdserver").asText());
    if (version.isEmpty()) {
      throw new NotEtcd("no version of etcd");
    }
    return version;
  }

  /** A list of members: ids are numbers above 2^63 at peers, hexadecimal text in the v2 API. */
  static List<MemberSeen> members(JsonNode list) throws NotEtcd {
    List<MemberSeen> members = new ArrayList<>();
    for (JsonNode member : list) {
      members.add(
          new MemberSeen(
              id(member.path("id")).orElseThrow(() -> new NotEtcd("a member without id")),
              member.path("name").asText(),
              texts(member.path("peerURLs")),
              texts(member.path("clientURLs")),
              member.path("isLearner").asBoolean()));
    }
    return Messages.plausible(members);
  }

  private static Optional<EtcdId> id(JsonNode id) {
    if (!id.isIntegralNumber()) {
      return EtcdId.hex(id.asText());
    }
    BigInteger number = id.bigIntegerValue();
    return number.signum() < 0 || number.bitLength() > Long.SIZE
        ? Optional.empty()
        : EtcdId.of(number.longValue());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
