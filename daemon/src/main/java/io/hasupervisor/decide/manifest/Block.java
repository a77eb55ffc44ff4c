package io.hasupervisor.decide.manifest;

import io.hasupervisor.yaml.Scalar;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Writes items of a list in YAML's block style. */
final class Block {
  private Block() {}

  /** Lines of {@code item}, whose hyphen stands behind {@code indent}. */
  static List<String> item(String indent, Value item) {
    List<String> lines = new ArrayList<>(lines("", item));
    for (int i = 0; i < lines.size(); i++) {
      lines.set(i, indent + (i == 0 ? "- " : "  ") + lines.get(i));
    }
    return lines;
  }

  private static List<String> lines(String indent, Value value) {
    return switch (value) {
      case Text text -> List.of(indent + scalar(text));
      case Items items -> items.items().stream().flatMap(i -> item(indent, i).stream()).toList();
      case Table table -> {
        List<String> lines = new ArrayList<>();
        table
            .entries()
            .forEach(
                (key, entry) -> {
                  if (entry.value() instanceof Text text) {
                    lines.add(indent + key + ": " + scalar(text));
                  } else {
                    lines.add(indent + key + ":");
                    lines.addAll(lines(indent + "  ", entry.value()));
                  }
                });
        yield lines;
      }
    };
  }

  private static String scalar(Text text) {
    return text.plain() ? text.text() : Scalar.of(text.text());
  }
}
