package io.hasupervisor.config;

import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lays a later file over an earlier one: maps key by key, everything else replaced whole. A key
 * with nothing behind it says nothing. Where the later file changes a {@code kind} or {@code type},
 * the earlier keys that do not go with the new one are dropped.
 */
final class Merge {
  private Merge() {}

  static Table over(Type<?> type, Table base, Table later) {
    Map<String, Entry> merged = new LinkedHashMap<>(base.entries());
    if (type instanceof Shape shape) {
      dropOtherKinds(shape, base, later, merged);
    }
    later
        .entries()
        .forEach(
            (name, entry) -> {
              Entry before = merged.get(name);
              Value value = before == null ? entry.value() : over(type, name, before, entry);
              merged.put(name, new Entry(entry.key(), value));
            });
    return new Table(later.place(), merged);
  }

  private static Value over(Type<?> type, String name, Entry before, Entry later) {
    if (later.value() instanceof Text text && text.missing()) {
      return before.value();
    }
    return before.value() instanceof Table one && later.value() instanceof Table other
        ? over(type.under(name).orElse(type), one, other)
        : later.value();
  }

  private static void dropOtherKinds(
      Shape shape, Table base, Table later, Map<String, Entry> merged) {
    shape
        .kindOf(later)
        .filter(kind -> shape.kindOf(base).filter(before -> !before.equals(kind)).isPresent())
        .ifPresent(kind -> merged.keySet().removeIf(name -> !shape.goesWith(name, kind)));
  }
}
