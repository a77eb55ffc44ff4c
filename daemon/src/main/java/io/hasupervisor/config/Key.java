package io.hasupervisor.config;

import io.hasupervisor.yaml.Value;
import java.util.List;
import java.util.Set;

/**
 * One key: the only place where its name, its type and its default stand.
 *
 * @param otherwise its value when left out; for a mandatory key, what checking goes on with
 * @param only the kinds it goes with; empty: all
 */
record Key<T>(String name, Type<T> type, T otherwise, boolean mandatory, Set<String> only) {

  static <T> Key<T> of(String name, Type<T> type, T otherwise) {
    return new Key<>(name, type, otherwise, false, Set.of());
  }

  static <T> Key<T> mandatory(String name, Type<T> type, T standIn) {
    return new Key<>(name, type, standIn, true, Set.of());
  }

  /** A map of its own, with nothing in it when left out. */
  static Key<Value.Table> table(String name, Type<Value.Table> type) {
    return of(name, type, Value.Table.EMPTY);
  }

  Key<T> onlyFor(String... kinds) {
    return new Key<>(name, type, otherwise, mandatory, Set.copyOf(List.of(kinds)));
  }

  boolean goesWith(String kind) {
    return only.isEmpty() || only.contains(kind);
  }
}
