package io.hasupervisor.observe.disruption;

import com.fasterxml.jackson.databind.JsonNode;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Past;
import io.hasupervisor.observe.disruption.LockDocument.Result;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields of the lock's document; all that are needed, each of its type. */
final class LockFields {
  /** Names of masters that do some rolling work. */
  static final int MOST_MASTERS = 12;

  private static final Duration LONGEST = Duration.ofDays(30);

  /** No clock shows anything later; what lies between any two times can be told in milliseconds. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private LockFields() {}

  static LockDocument document(JsonNode root) throws NotOurs {
    Optional<JsonNode> holder = object(root, "holder");
    Optional<JsonNode> freeze = object(root, "freeze");
    Optional<JsonNode> rolling = object(root, "rolling");
    List<Past> history = new ArrayList<>();
    for (JsonNode each : array(root, "history")) {
      history.add(past(each));
    }
    return new LockDocument(
        holder.isPresent() ? Optional.of(holder(holder.get())) : Optional.empty(),
        freeze.isPresent() ? Optional.of(freeze(freeze.get())) : Optional.empty(),
        history.subList(Math.max(0, history.size() - LockDocument.KEPT), history.size()),
        rolling.isPresent() ? Optional.of(rolling(rolling.get())) : Optional.empty());
  }

  private static Holder holder(JsonNode node) throws NotOurs {
    JsonNode deadline = node.path("deadlineSeconds");
    if (!deadline.isIntegralNumber()
        || !deadline.canConvertToLong()
        || deadline.asLong() < 0
        || deadline.asLong() > LONGEST.toSeconds()) {
      throw new NotOurs("holder.deadlineSeconds is no number of seconds");
    }
    return new Holder(
        name(node, "machineId"),
        name(node, "node"),
        member(node),
        text(node, "bootId"),
        text(node, "action"),
        text(node, "reason"),
        instant(node, "since"),
        Duration.ofSeconds(deadline.asLong()),
        name(node, "nonce"),
        node.path("apiserver").asBoolean());
  }

  private static Optional<EtcdId> member(JsonNode node) throws NotOurs {
    if (!node.has("member")) {
      return Optional.empty();
    }
    Optional<EtcdId> member = EtcdId.hex(text(node, "member"));
    if (member.isEmpty()) {
      throw new NotOurs("holder.member is no member's id");
    }
    return member;
  }

  private static Freeze freeze(JsonNode node) throws NotOurs {
    return new Freeze(text(node, "by"), text(node, "why"), instant(node, "since"));
  }

  private static Past past(JsonNode node) throws NotOurs {
    String result = text(node, "result");
    return new Past(
        name(node, "nonce"),
        text(node, "node"),
        text(node, "action"),
        Stream.of(Result.values())
            .filter(each -> each.name().equals(result))
            .findFirst()
            .orElseThrow(() -> new NotOurs("history has the unknown result " + result)),
        instant(node, "began"),
        instant(node, "ended"));
  }

  private static Rolling rolling(JsonNode node) throws NotOurs {
    return new Rolling(
        name(node, "id"),
        text(node, "action"),
        text(node, "by"),
        text(node, "why"),
        instant(node, "since"),
        names(node, "masters"),
        names(node, "done"),
        node.has("stopped") ? Optional.of(text(node, "stopped")) : Optional.empty());
  }

  private static List<String> names(JsonNode node, String field) throws NotOurs {
    List<String> names = new ArrayList<>();
    for (JsonNode each : array(node, field)) {
      if (!each.isTextual() || names.size() == MOST_MASTERS) {
        throw new NotOurs("rolling." + field + " is no list of a few names");
      }
      names.add(Excerpt.of(each.asText()));
    }
    return names;
  }

  private static Optional<JsonNode> object(JsonNode node, String field) throws NotOurs {
    if (!node.has(field)) {
      return Optional.empty();
    }
    if (!node.path(field).isObject()) {
      throw new NotOurs(field + " is no object");
    }
    return Optional.of(node.path(field));
  }

  private static JsonNode array(JsonNode node, String field) throws NotOurs {
    if (!node.path(field).isArray()) {
      throw new NotOurs(field + " is no list");
    }
    return node.path(field);
  }

  /** A text that must not be empty: something is told apart by it. */
  private static String name(JsonNode node, String field) throws NotOurs {
    String text = text(node, field);
    if (text.isEmpty()) {
      throw new NotOurs(field + " is empty");
    }
    return text;
  }

  private static String text(JsonNode node, String field) throws NotOurs {
    if (!node.path(field).isTextual()) {
      throw new NotOurs(field + " is no text");
    }
    return Excerpt.of(node.path(field).asText());
  }

  private static Instant instant(JsonNode node, String field) throws NotOurs {
    try {
      Instant time = Instant.parse(text(node, field));
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
        throw new NotOurs(field + " is no time that a clock shows");
      }
      return time;
    } catch (DateTimeException e) {
      throw new NotOurs(field + " is no time");
    }
  }
}
