package io.hasupervisor.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a file says, not yet understood; each part knows its place. */
public sealed interface Value {
  Place place();

  /**
   * A scalar; its text is not interpreted, so {@code no} stays a word and {@code 1:30} no number.
   */
  record Text(Place place, String text, boolean plain) implements Value {

    /** A key with nothing behind it. */
    public boolean missing() {
      return plain && text.isEmpty();
    }
  }

  record Items(Place place, List<Value> items) implements Value {}

  /** A map, in the order of the file. */
  record Table(Place place, Map<String, Entry> entries) implements Value {
    public static final Table EMPTY = new Table(Place.builtIn(), Map.of());

    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** A key's value, and where the key stands. */
  record Entry(Place key, Value value) {}

  /** For messages. */
  default String shown() {
    return switch (this) {
      case Text text when text.missing() -> "empty";
      case Text text -> Quote.of(text.text());
      case Items _ -> "a list";
      case Table _ -> "a map";
    };
  }
}
