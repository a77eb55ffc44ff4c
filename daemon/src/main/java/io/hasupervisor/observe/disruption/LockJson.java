package io.hasupervisor.observe.disruption;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.disruption.LockDocument.Freeze;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.disruption.LockDocument.Past;
import io.hasupervisor.observe.disruption.LockDocument.Rolling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The value of the lock's key. Unlike an attestation it is understood wholly or not at all: to
 * overwrite what was half understood could free a lock that is held.
 */
public final class LockJson {
  /** Bytes of a value. */
  public static final int LIMIT = 16 * 1024;

  private static final int SCHEMA = 1;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private LockJson() {}

  /** Where the lock of a cluster lies. */
  public static String key(String cluster) {
    return "/ha-supervisor/v1/" + cluster + "/disruption";
  }

  /** As the key's value; of a history that is too long for it, the oldest are left out. */
  public static byte[] encode(LockDocument document) {
    List<Past> history = document.history();
    int from = Math.max(0, history.size() - LockDocument.KEPT);
    byte[] value = encode(document, history.subList(from, history.size()));
    while (value.length > LIMIT && from < history.size()) {
      from++;
      value = encode(document, history.subList(from, history.size()));
    }
    return value;
  }

  private static byte[] encode(LockDocument document, List<Past> history) {
    ObjectNode root = JSON.createObjectNode();
    root.put("schema", SCHEMA);
    document.holder().ifPresent(holder -> write(root.putObject("holder"), holder));
    document.freeze().ifPresent(freeze -> write(root.putObject("freeze"), freeze));
    ArrayNode past = root.putArray("history");
    history.forEach(each -> write(past.addObject(), each));
    document.rolling().ifPresent(rolling -> write(root.putObject("rolling"), rolling));
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(ObjectNode node, Holder holder) {
    node.put("machineId", Excerpt.of(holder.machineId()));
    node.put("node", Excerpt.of(holder.node()));
    holder.member().ifPresent(member -> node.put("member", member.toString()));
    node.put("bootId", Excerpt.of(holder.bootId()));
    node.put("action", Excerpt.of(holder.action()));
    node.put("reason", Excerpt.of(holder.reason()));
    node.put("since", holder.since().toString());
    node.put("deadlineSeconds", holder.deadline().toSeconds());
    node.put("nonce", Excerpt.of(holder.nonce()));
    node.put("apiserver", holder.apiserver());
  }

  private static void write(ObjectNode node, Freeze freeze) {
    node.put("by", Excerpt.of(freeze.by()));
    node.put("why", Excerpt.of(freeze.why()));
    node.put("since", freeze.since().toString());
  }

  private static void write(ObjectNode node, Past past) {
    node.put("nonce", Excerpt.of(past.nonce()));
    node.put("node", Excerpt.of(past.node()));
    node.put("action", Excerpt.of(past.action()));
    node.put("result", past.result().name());
    node.put("began", past.began().toString());
    node.put("ended", past.ended().toString());
  }

  private static void write(ObjectNode node, Rolling rolling) {
    node.put("id", Excerpt.of(rolling.id()));
    node.put("action", Excerpt.of(rolling.action()));
    node.put("by", Excerpt.of(rolling.by()));
    node.put("why", Excerpt.of(rolling.why()));
    node.put("since", rolling.since().toString());
    names(node.putArray("masters"), rolling.masters());
    names(node.putArray("done"), rolling.done());
    rolling.stopped().ifPresent(why -> node.put("stopped", Excerpt.of(why)));
  }

  private static void names(ArrayNode to, List<String> names) {
    names.stream().limit(LockFields.MOST_MASTERS).map(Excerpt::of).forEach(to::add);
  }

  /** What lies there; revision 0 says that nothing does. */
  public static LockSeen read(byte[] value, long revision) {
    if (revision == 0) {
      return new LockSeen.Readable(LockDocument.EMPTY, 0);
    }
    if (value.length > LIMIT) {
      return unreadable("it has " + value.length + " bytes", revision);
    }
    try {
      JsonNode root = JSON.readTree(value);
      JsonNode schema = root.path("schema");
      if (!schema.isIntegralNumber() || schema.decimalValue().signum() <= 0) {
        return unreadable("it is no document of ha-supervisor", revision);
      }
      if (!schema.canConvertToInt() || schema.asInt() > SCHEMA) {
        return new LockSeen.Unreadable("a newer ha-supervisor wrote it", true, revision);
      }
      return new LockSeen.Readable(LockFields.document(root), revision);
    } catch (NotOurs e) {
      return unreadable(e.getMessage(), revision);
    } catch (JacksonException e) {
      return unreadable("it is no JSON", revision);
    } catch (IOException e) {
      // Never of bytes in memory.
      return unreadable("it could not be read", revision);
    }
  }

  private static LockSeen unreadable(String why, long revision) {
    return new LockSeen.Unreadable(why, false, revision);
  }
}
