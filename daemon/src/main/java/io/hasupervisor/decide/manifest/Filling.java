package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the variables stand for in one manifest.
 *
 * @param scalars those that have a value
 */
record Filling(Map<String, String> scalars, Map<String, List<Value>> lists) {
  /** A reference, whole or not. */
  static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(}?)");

  private static final Pattern ITEM = Pattern.compile("( *)- \\$\\{([A-Z_]+)}\\s*");

  static Filling of(Master master, Wanted wanted) {
    Map<String, String> scalars = new LinkedHashMap<>();
    for (Variable variable : Variable.values()) {
      variable.value(master, wanted).ifPresent(value -> scalars.put(variable.name(), value));
    }
    Map<String, List<Value>> lists = new LinkedHashMap<>();
    for (ListVariable variable : ListVariable.values()) {
      lists.put(variable.name(), variable.items(master, wanted));
    }
    return new Filling(scalars, lists);
  }

  /** The names of all variables, with a value or without. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Variable variable : Variable.values()) {
      names.add(variable.name());
    }
    for (ListVariable variable : ListVariable.values()) {
      names.add(variable.name());
    }
    return names;
  }

  Filling with(Variable variable, String value) {
    Map<String, String> changed = new LinkedHashMap<>(scalars);
    changed.put(variable.name(), value);
    return new Filling(changed, lists);
  }

  /** The name of the list variable that a line of a template consists of. */
  static Optional<String> list(String line) {
    Matcher matcher = ITEM.matcher(line);
    return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
  }

  /** What a line of a template becomes. */
  List<String> lines(String line) {
    Matcher item = ITEM.matcher(line);
    if (item.matches() && lists.containsKey(item.group(2))) {
      List<String> lines = new ArrayList<>();
      items(item.group(2)).forEach(value -> lines.addAll(Block.item(item.group(1), value)));
      return lines;
    }
    return List.of(in(line));
  }

  List<Value> items(String list) {
    return lists.getOrDefault(list, List.of());
  }

  /** {@code text} with the values of its variables. */
  String in(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement(scalars.getOrDefault(found.group(1), found.group())));
  }
}
