package io.hasupervisor.config;

import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What may stand behind a key. */
@FunctionalInterface
interface Type<T> {

  /** The value understood; empty when it was rejected at {@code spot}. */
  Optional<T> read(Value value, Spot spot);

  /** The type of the values below, by key, where this is a map. */
  default Optional<Type<?>> under(String key) {
    return Optional.empty();
  }

  /**
   * A scalar.
   *
   * @param expected completes "must be ..."
   */
  static <T> Type<T> text(String expected, Function<String, Optional<T>> parse) {
    return (value, spot) -> {
      Optional<T> parsed =
          value instanceof Text text && !text.missing()
              ? parse.apply(text.text())
              : Optional.empty();
      if (parsed.isEmpty()) {
        spot.reject(value.place(), "must be " + expected + ", not " + value.shown());
      }
      return parsed;
    };
  }

  /** Further narrowed. */
  default Type<T> where(Predicate<T> good, String otherwise) {
    return (value, spot) -> {
      Optional<T> read = read(value, spot);
      if (read.isPresent() && !good.test(read.get())) {
        spot.reject(value.place(), otherwise);
        return Optional.empty();
      }
      return read;
    };
  }

  /** Also the word {@code none}, which takes a default away. */
  default Type<Optional<T>> orNone() {
    return (value, spot) -> {
      if (value instanceof Text text && text.plain() && text.text().equals("none")) {
        return Optional.of(Optional.empty());
      }
      Optional<T> read = read(value, spot);
      return read.isPresent() ? Optional.of(read) : Optional.empty();
    };
  }

  /** A list of these. */
  default Type<List<T>> list() {
    return (value, spot) -> {
      if (!(value instanceof Items items)) {
        spot.reject(
            value.place(), "must be a list, such as [one, two] or [], not " + value.shown());
        return Optional.empty();
      }
      List<T> read = new ArrayList<>();
      for (int i = 0; i < items.items().size(); i++) {
        read(items.items().get(i), spot.item(i)).ifPresent(read::add);
      }
      return read.size() == items.items().size()
          ? Optional.of(List.copyOf(read))
          : Optional.empty();
    };
  }

  /** A list of these without repetition. */
  default Type<List<T>> set() {
    return list()
        .where(items -> new HashSet<>(items).size() == items.size(), "names the same twice");
  }
}
