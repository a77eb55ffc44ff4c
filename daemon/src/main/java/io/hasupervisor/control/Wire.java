package io.hasupervisor.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.hasupervisor.publish.Rendering;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The protocol of the control socket: the client sends one line, a JSON object of strings with
 * {@code command}; the daemon answers one, {@code {"exit":0,"body":"..."}}, and hangs up.
 */
final class Wire {
  /** Bytes of a request, its line end included. */
  static final int REQUEST_LIMIT = 64 * 1024;

  /** Characters of a name, a reason or an id. */
  static final int TEXT_LIMIT = 500;

  /** Of what an order may take or hold: with more, reckoning with it would overflow. */
  private static final Duration LONGEST = Duration.ofDays(200_000);

  private static final String ACCEPT_LOSS = "acceptQuorumLoss";

  private static final JsonFactory JSON = new JsonFactory();

  private Wire() {}

  static String encode(Request request) {
    Map<String, String> fields = new LinkedHashMap<>();
    switch (request) {
      case Request.GetStatus(Rendering as) -> rendered(fields, "status", as);
      case Request.GetCluster(Rendering as) -> rendered(fields, "cluster", as);
      case Request.GetEvents(long since) -> {
        fields.put("command", "events");
        fields.put("since", Long.toString(since));
      }
      case Request.Explain(String service) -> named(fields, "explain", service);
      case Request.ShowIncident(String id) -> {
        fields.put("command", "incident");
        fields.put("id", id);
      }
      case Request.Start(String service, boolean acceptLoss) ->
          order(fields, "start", service, acceptLoss);
      case Request.Stop(String service, Optional<Duration> length, boolean acceptLoss) -> {
        order(fields, "stop", service, acceptLoss);
        length.ifPresent(given -> fields.put("for", given.toString()));
      }
      case Request.Restart(String service, boolean acceptLoss) ->
          order(fields, "restart", service, acceptLoss);
      case Request.Retry(String service, boolean acceptLoss) ->
          order(fields, "retry", service, acceptLoss);
      case Request.Hold(Optional<String> service, Duration length, String reason) -> {
        fields.put("command", "hold");
        service.ifPresent(name -> fields.put("service", name));
        fields.put("for", length.toString());
        fields.put("reason", reason);
      }
      case Request.Release(Optional<String> service) -> {
        fields.put("command", "release");
        service.ifPresent(name -> fields.put("service", name));
      }
      case Request.PlaceManifests(int revision, boolean acceptLoss) -> {
        fields.put("command", "place");
        fields.put("revision", Integer.toString(revision));
        accepting(fields, acceptLoss);
      }
      case Request.MayStart(String service, Duration patience) -> {
        named(fields, "may-start", service);
        fields.put("for", patience.toString());
      }
      case Request.GetLock(Rendering as) -> rendered(fields, "lock", as);
      case Request.BreakLock() -> fields.put("command", "lock-break");
      case Request.FreezeLock(String reason) -> {
        fields.put("command", "lock-freeze");
        fields.put("reason", reason);
      }
      case Request.UnfreezeLock() -> fields.put("command", "lock-unfreeze");
      case Request.GetRolling(Rendering as) -> rendered(fields, "rolling", as);
      case Request.RestartRolling(String service, String reason) -> {
        named(fields, "rolling-restart", service);
        fields.put("reason", reason);
      }
      case Request.Reboot(boolean acceptLoss, Duration patience) -> {
        fields.put("command", "reboot");
        fields.put("for", patience.toString());
        accepting(fields, acceptLoss);
      }
      case Request.StopRolling() -> fields.put("command", "rolling-stop");
      case Request.AcceptRestore() -> fields.put("command", "accept-restore");
      case Request.Reload() -> fields.put("command", "reload");
    }
    return object(fields);
  }

  private static void rendered(Map<String, String> fields, String command, Rendering as) {
    fields.put("command", command);
    fields.put("form", as.json() ? "json" : "text");
    fields.put("width", Integer.toString(as.width()));
    fields.put("colour", Boolean.toString(as.colour()));
  }

  private static void named(Map<String, String> fields, String command, String service) {
    fields.put("command", command);
    fields.put("service", service);
  }

  private static void order(
      Map<String, String> fields, String command, String service, boolean acceptLoss) {
    named(fields, command, service);
    accepting(fields, acceptLoss);
  }

  private static void accepting(Map<String, String> fields, boolean acceptLoss) {
    if (acceptLoss) {
      fields.put(ACCEPT_LOSS, "true");
    }
  }

  /**
   * The request in {@code line}.
   *
   * @throws IOException when it is none; the message is for the client
   */
  static Request decode(String line) throws IOException {
    Fields fields = new Fields(strings(line));
    String command = fields.text("command");
    return switch (command) {
      case "status" -> new Request.GetStatus(fields.rendering());
      case "cluster" -> new Request.GetCluster(fields.rendering());
      case "events" -> new Request.GetEvents(fields.number("since"));
      case "explain" -> new Request.Explain(fields.text("service"));
      case "incident" -> new Request.ShowIncident(fields.text("id"));
      case "start" -> new Request.Start(fields.text("service"), fields.acceptLoss());
      case "stop" -> new Request.Stop(fields.text("service"), fields.length(), fields.acceptLoss());
      case "restart" -> new Request.Restart(fields.text("service"), fields.acceptLoss());
      case "retry" -> new Request.Retry(fields.text("service"), fields.acceptLoss());
      case "hold" ->
          new Request.Hold(
              fields.optional("service"), fields.neededLength(), fields.text("reason"));
      case "release" -> new Request.Release(fields.optional("service"));
      case "place" ->
          new Request.PlaceManifests((int) fields.number("revision"), fields.acceptLoss());
      case "may-start" -> new Request.MayStart(fields.text("service"), fields.neededLength());
      case "lock" -> new Request.GetLock(fields.rendering());
      case "lock-break" -> new Request.BreakLock();
      case "lock-freeze" -> new Request.FreezeLock(fields.text("reason"));
      case "lock-unfreeze" -> new Request.UnfreezeLock();
      case "rolling" -> new Request.GetRolling(fields.rendering());
      case "rolling-restart" ->
          new Request.RestartRolling(fields.text("service"), fields.text("reason"));
      case "reboot" -> new Request.Reboot(fields.acceptLoss(), fields.neededLength());
      case "rolling-stop" -> new Request.StopRolling();
      case "accept-restore" -> new Request.AcceptRestore();
      case "reload" -> new Request.Reload();
      default ->
          throw new IOException(
              "no such command; is the daemon older than this program? it takes: systemctl restart"
                  + " ha-supervisor");
    };
  }

  static String encode(Reply reply) {
    return written(
        json -> {
          json.writeNumberField("exit", reply.exit());
          json.writeStringField("body", reply.body());
        });
  }

  /**
   * The reply in {@code line}.
   *
   * @throws IOException when it is none
   */
  static Reply decodeReply(String line) throws IOException {
    Map<String, String> fields = strings(line);
    String exit = fields.getOrDefault("exit", "");
    String body = fields.get("body");
    if (!exit.matches("\\d{1,3}") || body == null) {
      throw new IOException("not an answer of ha-supervisor");
    }
    return new Reply(Integer.parseInt(exit), body);
  }

  private record Fields(Map<String, String> values) {
    Optional<String> optional(String name) throws IOException {
      Optional<String> value = Optional.ofNullable(values.get(name));
      if (value.isPresent() && value.get().length() > TEXT_LIMIT) {
        throw new IOException("`" + name + "` is longer than " + TEXT_LIMIT + " characters");
      }
      return value;
    }

    boolean acceptLoss() throws IOException {
      return optional(ACCEPT_LOSS).filter("true"::equals).isPresent();
    }

    String text(String name) throws IOException {
      return optional(name).orElseThrow(() -> new IOException("`" + name + "` is missing"));
    }

    long number(String name) throws IOException {
      String text = text(name);
      if (!text.matches("\\d{1,9}|\\d{10,18}")) {
        throw new IOException("`" + name + "` is not a number");
      }
      return Long.parseLong(text);
    }

    Duration neededLength() throws IOException {
      return length().orElseThrow(() -> new IOException("`for` is missing"));
    }

    Rendering rendering() throws IOException {
      return new Rendering(
          text("form").equals("json"), (int) number("width"), text("colour").equals("true"));
    }

    Optional<Duration> length() throws IOException {
      Optional<String> text = optional("for");
      try {
        Optional<Duration> length = text.map(Duration::parse);
        if (length.isPresent() && !length.get().isPositive()) {
          throw new IOException("`for` is not positive");
        }
        if (length.filter(given -> given.compareTo(LONGEST) > 0).isPresent()) {
          throw new IOException("`for` is longer than " + LONGEST.toDays() + " days");
        }
        return length;
      } catch (DateTimeParseException e) {
        throw new IOException("`for` is not a duration of ISO 8601, such as PT30M", e);
      }
    }
  }

  private static String object(Map<String, String> fields) {
    return written(
        json -> {
          for (Map.Entry<String, String> field : fields.entrySet()) {
            json.writeStringField(field.getKey(), field.getValue());
          }
        });
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static String written(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string does not fail", e);
    }
    return text.append('\n').toString();
  }

  private static Map<String, String> strings(String line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == null || !value.isScalarValue()) {
          throw new IOException("not an object of plain values");
        }
        fields.put(name, json.getText());
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("not a whole JSON object");
      }
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new IOException("not a JSON object: " + e.getOriginalMessage(), e);
    }
    return fields;
  }
}
