package io.hasupervisor.config;

import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A map of the merged tree, read by its keys. The types of its values have been checked, file by
 * file: a bad one reads as its default here, so that the checks across keys can still be made.
 */
final class Section {
  private final Shape shape;
  private final Table table;
  private final Place place;
  private final Spot spot;

  private Section(Shape shape, Table table, Place place, Spot spot) {
    this.shape = shape;
    this.table = table;
    this.place = place;
    this.spot = spot;
  }

  static Section root(Shape shape, Table table, Place place, Problems problems) {
    return new Section(shape, table, place, new Spot("", problems));
  }

  /** A map that is the item of a list. */
  static Section at(Shape shape, Table table, Place place, Spot spot) {
    return new Section(shape, table, place, spot);
  }

  boolean has(Key<?> key) {
    return table.entries().containsKey(key.name());
  }

  /** Its value, or its default; a missing mandatory key is a problem. */
  <T> T get(Key<T> key) {
    Entry entry = table.entries().get(key.name());
    if (entry != null) {
      return key.type().read(entry.value(), Spot.silent()).orElse(key.otherwise());
    }
    if (key.mandatory() && !misspelt(key)) {
      spot.reject(place, "lacks the key \"" + key.name() + "\"");
    }
    return key.otherwise();
  }

  /** Then the problem has been reported already, at the misspelt key. */
  private boolean misspelt(Key<?> key) {
    return table.entries().keySet().stream()
        .filter(name -> !shape.keys().containsKey(name))
        .anyMatch(
            name -> Nearest.to(name, shape.keys().keySet()).filter(key.name()::equals).isPresent());
  }

  Section section(Key<Table> key, Shape under) {
    Entry entry = table.entries().get(key.name());
    return entry == null
        ? new Section(under, Table.EMPTY, place, spot.under(key.name()))
        : below(key.name(), entry, under, spot);
  }

  /** The sections of a map by name, in the order of the files. */
  Map<String, Section> sections(Key<Table> key, Shape under) {
    Map<String, Section> sections = new LinkedHashMap<>();
    Entry all = table.entries().get(key.name());
    if (all != null && all.value() instanceof Table named) {
      Spot below = spot.under(key.name());
      named
          .entries()
          .forEach((name, entry) -> sections.put(name, below(name, entry, under, below)));
    }
    return sections;
  }

  /** A map of texts; one that is none has been reported. */
  Map<String, String> texts(Key<Table> key) {
    Map<String, String> texts = new LinkedHashMap<>();
    Entry all = table.entries().get(key.name());
    if (all != null && all.value() instanceof Table named) {
      named
          .entries()
          .forEach(
              (name, entry) ->
                  Words.ANY
                      .read(entry.value(), Spot.silent())
                      .ifPresent(text -> texts.put(name, text)));
    }
    return texts;
  }

  private Section below(String name, Entry entry, Shape under, Spot above) {
    Table inner = entry.value() instanceof Table some ? some : Table.EMPTY;
    return new Section(
        under, inner, entry.key().written() ? entry.key() : place, above.under(name));
  }

  /** Reports keys that do not go with the chosen kind or type. */
  void onlyKeysFor(String kind, String what) {
    table
        .entries()
        .forEach(
            (name, entry) -> {
              if (!shape.goesWith(name, kind)) {
                spot.under(name).reject(entry.key(), "does not go with " + what + " " + kind);
              }
            });
  }

  /** A problem with the value of {@code key}, written or not. */
  void reject(Key<?> key, String message) {
    Place written =
        Optional.ofNullable(table.entries().get(key.name()))
            .map(entry -> entry.value().place())
            .filter(Place::written)
            .orElse(place);
    spot.under(key.name()).reject(written, message);
  }
}
