package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.ManifestSettings.Mount;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Variables that stand for any number of items of a list. */
enum ListVariable {
  BOOTSTRAP_FLAGS,
  EXTRA_FLAGS,
  EXTRA_MOUNTS,
  EXTRA_VOLUMES;

  /** Texts, or maps of texts and maps. */
  List<Value> items(Master master, Wanted wanted) {
    return switch (this) {
      case BOOTSTRAP_FLAGS -> bootstrap(master);
      case EXTRA_FLAGS -> texts(wanted.extraFlags());
      case EXTRA_MOUNTS -> numbered(wanted, ListVariable::mount);
      case EXTRA_VOLUMES -> numbered(wanted, ListVariable::volume);
    };
  }

  private static List<Value> bootstrap(Master master) {
    return texts(
        master
            .cluster()
            .etcd()
            .discovery()
            .map(url -> List.of("--discovery=" + url))
            .orElseGet(
                () ->
                    List.of(
                        "--initial-cluster=" + Variable.initialCluster(master),
                        "--initial-cluster-token=" + master.cluster().etcd().token(),
                        "--initial-cluster-state=" + Variable.clusterState(master))));
  }

  private static List<Value> texts(List<String> texts) {
    return texts.stream().<Value>map(ListVariable::text).toList();
  }

  private static List<Value> numbered(Wanted wanted, BiFunction<String, Mount, Value> item) {
    List<Value> items = new ArrayList<>();
    for (Mount mount : wanted.extraMounts()) {
      items.add(item.apply("extra-" + (items.size() + 1), mount));
    }
    return items;
  }

  private static Value mount(String name, Mount mount) {
    Map<String, Value> keys = new LinkedHashMap<>();
    keys.put("name", text(name));
    keys.put("mountPath", text(mount.inside().toString()));
    if (mount.readOnly()) {
      keys.put("readOnly", new Text(Place.builtIn(), "true", true));
    }
    return table(keys);
  }

  private static Value volume(String name, Mount mount) {
    Map<String, Value> keys = new LinkedHashMap<>();
    keys.put("name", text(name));
    keys.put("hostPath", table(Map.of("path", text(mount.host().toString()))));
    return table(keys);
  }

  private static Text text(String text) {
    return new Text(Place.builtIn(), text, false);
  }

  private static Table table(Map<String, Value> keys) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    keys.forEach((key, value) -> entries.put(key, new Entry(Place.builtIn(), value)));
    return new Table(Place.builtIn(), entries);
  }
}
