package io.hasupervisor.config;

import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A map whose keys are names of the operator's own choice.
 *
 * @param what a name of this map, for messages
 * @param expected what such a name must be
 */
record Named(String what, Pattern names, String expected, Type<?> each) implements Type<Table> {

  @Override
  public Optional<Table> read(Value value, Spot spot) {
    if (value instanceof Text text && text.missing()) {
      return Optional.of(Table.EMPTY);
    }
    if (!(value instanceof Table table)) {
      spot.reject(value.place(), "must be a map by " + what + ", not " + value.shown());
      return Optional.empty();
    }
    table
        .entries()
        .forEach(
            (name, entry) -> {
              Spot under = spot.under(name);
              if (!names.matcher(name).matches()) {
                under.reject(entry.key(), "a " + what + " must be " + expected);
              }
              var _ = each.read(entry.value(), under);
            });
    return Optional.of(table);
  }

  @Override
  public Optional<Type<?>> under(String key) {
    return Optional.of(each);
  }
}
