package io.hasupervisor.decide.manifest;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Scalar;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a rendered file is its template with the values in it, and nothing else. */
record Structure(Filling filling) {

  /** Where in the template the rendered tree begins to differ; empty: nowhere. */
  Optional<Place> difference(Value template, Value rendered) {
    return switch (template) {
      case Text text ->
          rendered instanceof Text other && filling.in(text.text()).equals(other.text())
              ? Optional.empty()
              : Optional.of(text.place());
      case Items items -> items(items, rendered);
      case Table table -> table(table, rendered);
    };
  }

  private Optional<Place> items(Items template, Value rendered) {
    List<Value> expected = new ArrayList<>();
    for (Value item : template.items()) {
      list(item)
          .ifPresentOrElse(list -> expected.addAll(filling.items(list)), () -> expected.add(item));
    }
    if (expected.isEmpty() && rendered instanceof Text text && text.missing()) {
      return Optional.empty();
    }
    if (!(rendered instanceof Items other) || other.items().size() != expected.size()) {
      return Optional.of(template.place());
    }
    for (int i = 0; i < expected.size(); i++) {
      Optional<Place> difference = difference(expected.get(i), other.items().get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> list(Value item) {
    return item instanceof Text text && text.plain()
        ? Filling.list("- " + text.text()).filter(filling.lists()::containsKey)
        : Optional.empty();
  }

  private Optional<Place> table(Table template, Value rendered) {
    if (!(rendered instanceof Table other) || other.entries().size() != template.entries().size()) {
      return Optional.of(template.place());
    }
    for (var each : template.entries().entrySet()) {
      Entry entry = other.entries().get(filling.in(each.getKey()));
      if (entry == null) {
        return Optional.of(each.getValue().key());
      }
      Optional<Place> difference = difference(each.getValue().value(), entry.value());
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  /** Texts with variables that are no texts any more: a name like 10 or on. */
  List<Text> misread(Value template) {
    return switch (template) {
      case Text text -> {
        String filled = filling.in(text.text());
        boolean changed = !filled.equals(text.text()) && !number(text.text());
        yield text.plain() && changed && !Scalar.isText(filled) ? List.of(text) : List.of();
      }
      case Items items -> items.items().stream().flatMap(i -> misread(i).stream()).toList();
      case Table table ->
          table.entries().values().stream().flatMap(e -> misread(e.value()).stream()).toList();
    };
  }

  private static boolean number(String text) {
    for (Variable variable : Variable.values()) {
      if (variable.number() && text.equals("${" + variable.name() + "}")) {
        return true;
      }
    }
    return false;
  }
}
