package io.hasupervisor.observe.credential;

import io.hasupervisor.observe.credential.TableSeen.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code secret,user,uid[,"group,group"]} as Go's {@code encoding/csv} does: a quoted field
 * may hold commas, line ends and doubled quotation marks; empty lines do not count.
 */
final class TableReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final String text;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> secrets = new HashMap<>();
  private final Map<String, Integer> users = new HashMap<>();
  private int position;
  private int line = 1;

  private TableReader(String text) {
    this.text = text;
  }

  static TableSeen read(byte[] bytes) {
    String decoded = new String(bytes, StandardCharsets.UTF_8);
    boolean mark = decoded.startsWith(BYTE_ORDER_MARK);
    TableReader reader =
        new TableReader((mark ? decoded.substring(1) : decoded).replace("\r\n", "\n"));
    OptionalInt broken = reader.rows();
    return new TableSeen(mark, decoded.contains("\r\n"), broken, reader.rows);
  }

  /** Line of the first wrong quotation mark, at which the reading ends. */
  private OptionalInt rows() {
    while (position < text.length()) {
      int start = line;
      if (text.charAt(position) == '\n') {
        position++;
        line++;
        continue;
      }
      List<String> fields = new ArrayList<>();
      do {
        Optional<String> field = quoted() ? quotedField() : bareField();
        if (field.isEmpty()) {
          return OptionalInt.of(start);
        }
        fields.add(field.get());
      } while (separator());
      rows.add(row(start, fields));
    }
    return OptionalInt.empty();
  }

  private boolean quoted() {
    return position < text.length() && text.charAt(position) == '"';
  }

  private Optional<String> bareField() {
    int start = position;
    while (position < text.length()
        && text.charAt(position) != ','
        && text.charAt(position) != '\n') {
      if (text.charAt(position) == '"') {
        return Optional.empty();
      }
      position++;
    }
    return Optional.of(text.substring(start, position));
  }

  /** Empty where a quotation mark is wrong. */
  private Optional<String> quotedField() {
    StringBuilder field = new StringBuilder();
    for (position++; position < text.length(); position++) {
      char c = text.charAt(position);
      if (c != '"') {
        line += c == '\n' ? 1 : 0;
        field.append(c);
      } else if (position + 1 < text.length() && text.charAt(position + 1) == '"') {
        field.append('"');
        position++;
      } else {
        position++;
        boolean ends = position == text.length() || ",\n".indexOf(text.charAt(position)) >= 0;
        return ends ? Optional.of(field.toString()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Takes a comma, after which a field follows, or a line end, after which none does. */
  private boolean separator() {
    if (position == text.length()) {
      return false;
    }
    boolean comma = text.charAt(position++) == ',';
    line += comma ? 0 : 1;
    return comma;
  }

  private Row row(int at, List<String> fields) {
    String secret = fields.getFirst();
    String user = fields.size() > 1 ? fields.get(1) : "";
    return new Row(
        at,
        fields.size(),
        secret.isBlank(),
        user.isBlank(),
        fields.stream().limit(3).anyMatch(field -> !field.strip().equals(field)),
        first(secrets, secret, at),
        first(users, user, at));
  }

  private static int first(Map<String, Integer> lines, String word, int line) {
    return Objects.requireNonNullElse(lines.putIfAbsent(word, line), line);
  }
}
