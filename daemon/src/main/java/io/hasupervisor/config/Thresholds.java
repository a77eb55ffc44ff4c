package io.hasupervisor.config;

import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.yaml.Value.Table;
import java.util.Comparator;

/**
 * The keys of one thing that is worth a warning first and is critical later.
 *
 * @param table the key that holds both
 * @param worse orders what is well before what is not
 */
record Thresholds<T>(
    Key<Table> table, Shape shape, Key<T> warning, Key<T> critical, Comparator<T> worse) {

  static <T> Thresholds<T> of(String name, Type<T> type, Pair<T> otherwise, Comparator<T> worse) {
    Key<T> warning = Key.of("warning", type, otherwise.warning());
    Key<T> critical = Key.of("critical", type, otherwise.critical());
    Shape shape = Shape.of(warning, critical);
    return new Thresholds<>(Key.table(name, shape), shape, warning, critical, worse);
  }

  /** Both; the wrong way round is a problem. */
  Pair<T> read(Section above) {
    Section section = above.section(table, shape);
    Pair<T> pair = new Pair<>(section.get(warning), section.get(critical));
    if (worse.compare(pair.warning(), pair.critical()) >= 0) {
      section.reject(critical, "must be worse than warning, or nobody is warned first");
    }
    return pair;
  }
}
