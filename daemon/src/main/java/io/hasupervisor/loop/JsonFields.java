package io.hasupervisor.loop;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One object of a JSON file, whose fields are checked for type and range as they are read.
 *
 * @param path where in the file it stands, for errors
 */
record JsonFields(String path, JsonNode node) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Characters of one text. */
  static final int TEXT_LIMIT = 4096;

  /** No time in the file is further away than this. */
  static final Duration TIME_LIMIT = Duration.ofDays(36_525);

  /** The content is not what this daemon writes; the message names the field. */
  static final class Unusable extends IOException {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /** Turns one object into a value. */
  @FunctionalInterface
  interface Reader<T> {
    T read(JsonFields fields) throws Unusable;
  }

  /**
   * The whole document of a file.
   *
   * @param name what it is called in errors
   * @param newest {@code schema} that this version understands
   */
  static JsonFields ofFile(String name, byte[] content, int newest) throws Unusable {
    JsonFields root = of(name, parse(content));
    long schema = root.number("schema", 1, Long.MAX_VALUE);
    if (schema > newest) {
      throw new Unusable("schema " + schema + " is newer than this version's " + newest);
    }
    return root;
  }

  /** The document, whole and without a name twice. */
  private static JsonNode parse(byte[] content) throws Unusable {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new Unusable(
          "not JSON, or not whole: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + " (line "
              + Optional.ofNullable(e.getLocation()).map(at -> at.getLineNr()).orElse(0)
              + ")");
    } catch (IOException e) {
      throw new Unusable("not readable as JSON: " + e.getMessage());
    }
  }

  static JsonFields of(String path, JsonNode node) throws Unusable {
    if (!node.isObject()) {
      throw new Unusable(path + " is not an object");
    }
    return new JsonFields(path, node);
  }

  String text(String name) throws Unusable {
    JsonNode value = node.path(name);
    if (!value.isTextual() || value.textValue().length() > TEXT_LIMIT) {
      throw bad(name, "is not a text of at most " + TEXT_LIMIT + " characters");
    }
    return value.textValue();
  }

  long number(String name, long least, long most) throws Unusable {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw bad(name, "is not a number from " + least + " to " + most);
    }
    return value.longValue();
  }

  /** False where it is missing. */
  boolean flag(String name) throws Unusable {
    JsonNode value = node.path(name);
    if (!value.isBoolean() && node.has(name)) {
      throw bad(name, "is neither true nor false");
    }
    return value.booleanValue();
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) throws Unusable {
    String text = text(name);
    try {
      return Enum.valueOf(type, text);
    } catch (IllegalArgumentException e) {
      throw bad(name, "is unknown to this version");
    }
  }

  Instant wall(String name) throws Unusable {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw bad(name, "is not a time like 2026-11-24T21:14:53Z");
    }
  }

  Duration time(String name) throws Unusable {
    return time(name, text(name));
  }

  private Duration time(String name, String text) throws Unusable {
    try {
      Duration time = Duration.parse(text);
      if (time.abs().compareTo(TIME_LIMIT) <= 0) {
        return time;
      }
    } catch (DateTimeException | ArithmeticException e) {
      // Same answer as for one that is out of range.
    }
    throw bad(name, "is not a time like PT1H2M3.5S of at most 100 years");
  }

  List<Duration> times(String name) throws Unusable {
    List<Duration> times = new ArrayList<>();
    for (JsonNode item : array(name)) {
      times.add(time(name, item.isTextual() ? item.textValue() : ""));
    }
    return List.copyOf(times);
  }

  List<String> texts(String name) throws Unusable {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isTextual() || item.textValue().length() > TEXT_LIMIT) {
        throw bad(name, "is not a list of texts");
      }
      texts.add(item.textValue());
    }
    return List.copyOf(texts);
  }

  Optional<Duration> optionalTime(String name) throws Unusable {
    return node.has(name) ? Optional.of(time(name)) : Optional.empty();
  }

  JsonFields object(String name) throws Unusable {
    return of(path + "." + name, node.path(name));
  }

  <T> Optional<T> optional(String name, Reader<T> reader) throws Unusable {
    return node.has(name) ? Optional.of(reader.read(object(name))) : Optional.empty();
  }

  <T> List<T> list(String name, Reader<T> reader) throws Unusable {
    List<T> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      items.add(reader.read(of(path + "." + name + "[" + items.size() + "]", item)));
    }
    return List.copyOf(items);
  }

  private JsonNode array(String name) throws Unusable {
    if (!node.path(name).isArray()) {
      throw bad(name, "is not a list");
    }
    return node.path(name);
  }

  private Unusable bad(String name, String what) {
    return new Unusable(path + "." + name + " " + what);
  }
}
