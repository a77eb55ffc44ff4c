package io.hasupervisor.config;

import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A map with a fixed set of keys. */
final class Shape implements Type<Table> {
  private final Map<String, Key<?>> keys;
  private final Optional<Key<?>> kind;

  private Shape(Map<String, Key<?>> keys, Optional<Key<?>> kind) {
    this.keys = keys;
    this.kind = kind;
  }

  static Shape of(Key<?>... keys) {
    Map<String, Key<?>> named = new LinkedHashMap<>();
    for (Key<?> key : keys) {
      named.put(key.name(), key);
    }
    return new Shape(Collections.unmodifiableMap(named), Optional.empty());
  }

  /** The same, where the value of {@code kind} says which other keys may be there. */
  Shape by(Key<?> kind) {
    return new Shape(keys, Optional.of(kind));
  }

  /** All keys by name, in the order of their declaration. */
  Map<String, Key<?>> keys() {
    return keys;
  }

  @Override
  public Optional<Table> read(Value value, Spot spot) {
    if (value instanceof Text text && text.missing()) {
      return Optional.of(Table.EMPTY);
    }
    if (!(value instanceof Table table)) {
      spot.reject(value.place(), "must be a map of keys, not " + value.shown());
      return Optional.empty();
    }
    table.entries().forEach((name, entry) -> check(name, entry, spot.under(name)));
    return Optional.of(table);
  }

  private void check(String name, Entry entry, Spot spot) {
    Key<?> key = keys.get(name);
    if (key == null) {
      String hint = Nearest.hint(name, keys.keySet());
      String others = hint.isEmpty() ? "; known here: " + String.join(", ", keys.keySet()) : hint;
      spot.reject(entry.key(), "unknown key " + Quote.of(name) + others);
    } else {
      var _ = key.type().read(entry.value(), spot);
    }
  }

  @Override
  public Optional<Type<?>> under(String key) {
    return Optional.ofNullable(keys.get(key)).map(Key::type);
  }

  /** What a table of this shape says its kind is, understood or not. */
  Optional<String> kindOf(Table table) {
    return kind.map(key -> table.entries().get(key.name()))
        .map(Entry::value)
        .flatMap(value -> value instanceof Text text ? Optional.of(text.text()) : Optional.empty());
  }

  /** Whether {@code name} may stand in a table of this kind; yes for what is not known at all. */
  boolean goesWith(String name, String kind) {
    Key<?> key = keys.get(name);
    return key == null || key.goesWith(kind);
  }
}
