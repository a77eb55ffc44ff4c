package io.hasupervisor.observe.manifest;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A spot in a manifest, where something of the expected form may be or not.
 *
 * @param place of the value, or of what should contain it
 */
record Node(Optional<Value> value, Place place) {

  static Node of(Value value) {
    return new Node(Optional.of(value), value.place());
  }

  /** The value of this key. */
  Node at(String key) {
    Optional<Value.Entry> entry =
        value.isPresent() && value.get() instanceof Value.Table table
            ? Optional.ofNullable(table.entries().get(key))
            : Optional.empty();
    return entry.map(found -> of(found.value())).orElse(new Node(Optional.empty(), place));
  }

  List<Node> items() {
    return value.stream()
        .flatMap(v -> v instanceof Value.Items items ? items.items().stream() : Stream.empty())
        .map(Node::of)
        .toList();
  }

  Optional<String> text() {
    return value
        .filter(v -> v instanceof Value.Text text && !text.missing())
        .map(v -> ((Value.Text) v).text());
  }

  String textOrEmpty() {
    return text().orElse("");
  }

  Optional<Integer> number() {
    return text().filter(t -> t.matches("\\d{1,9}")).map(Integer::valueOf);
  }

  boolean isTrue() {
    return textOrEmpty().matches("(?i)true|yes|on|y");
  }
}
