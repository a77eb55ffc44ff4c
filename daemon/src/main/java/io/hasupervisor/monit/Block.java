package io.hasupervisor.monit;

import io.hasupervisor.yaml.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A map of YAML, whose lines say where they come from. */
final class Block {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/.][A-Za-z0-9._/=-]*");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private boolean keys;

  void text(String key, String value, Origin at) {
    add(key, value.equals("none") ? "'none'" : Scalar.of(value), at);
  }

  void list(String key, List<?> values, Origin at) {
    add(key, values.stream().map(Block::item).collect(Collectors.joining(", ", "[", "]")), at);
  }

  void number(String key, long value, Origin at) {
    add(key, String.valueOf(value), at);
  }

  void truth(String key, boolean value, Origin at) {
    add(key, String.valueOf(value), at);
  }

  void seconds(String key, long value, Origin at) {
    add(key, value + "s", at);
  }

  void failuresOf(int failures, int window, Origin at) {
    add("failures-of", failures + " of " + window, at);
  }

  private void add(String key, String value, Origin at) {
    lines.add(key + ": " + value + "  # " + at);
    keys = true;
  }

  /** Puts this line in place of the one with its key. */
  void replace(String key, String line) {
    lines.replaceAll(old -> old.startsWith(key + ":") ? line : old);
  }

  /** What was imported without a line of its own. */
  void remark(Origin at, String sentence) {
    lines.add("# " + at + ": " + Shown.line(sentence));
  }

  /** The map behind a key, the same one each time. */
  Block block(String key) {
    return blocks.computeIfAbsent(key, _ -> new Block());
  }

  /** Whether a map stands behind the key already. */
  boolean has(String key) {
    return blocks.containsKey(key);
  }

  private boolean hasKeys() {
    return keys || blocks.values().stream().anyMatch(Block::hasKeys);
  }

  /** Lines with ends, {@code indent} spaces before each. */
  String render(int indent) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(" ".repeat(indent)).append(line).append('\n'));
    blocks.forEach(
        (key, block) -> {
          if (block.hasKeys()) {
            text.append(" ".repeat(indent)).append(key).append(":\n");
          }
          // Remarks alone are no map.
          text.append(block.render(block.hasKeys() ? indent + 2 : indent));
        });
    return text.toString();
  }

  private static String item(Object value) {
    String text = value.toString();
    boolean plain =
        value instanceof Integer || (PLAIN.matcher(text).matches() && Scalar.isText(text));
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
