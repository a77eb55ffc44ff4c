package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shipped says what is true. */
final class ShippedFilesTest {
  private static final Path SHIPPED = Path.of("../config/ha-supervisor.yaml");
  private static final Path QUICKSTART = Path.of("../config/quickstart.yaml");

  @TempDir Path folder;

  @Test
  void theShippedFileMeansTheSameAsAnEmptyOne() throws IOException {
    Plan empty = new ConfigFolder(folder).with("main.yaml", "").plan();
    Plan shipped = new ConfigFolder(folder).with("main.yaml", Files.readString(SHIPPED)).plan();
    assertEquals(empty, shipped);
  }

  /** So that the test above cannot pass because the file says nothing. */
  @Test
  void theShippedFileWritesOutEveryDefaultOfTheKubelet() throws IOException {
    Problems problems = new Problems();
    Table root = YamlReader.read(SHIPPED, Files.readString(SHIPPED), problems).orElseThrow();
    Table kubelet = at(at(root, "services"), "kubelet");
    Set<String> shown = new TreeSet<>(kubelet.entries().keySet());
    Set<String> known =
        ServiceKeys.SHAPE.keys().values().stream()
            .filter(key -> key.goesWith("systemd"))
            .map(Key::name)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, shown);
    assertEquals(PolicyKeys.CRASH_SHAPE.keys().keySet(), at(kubelet, "crash").entries().keySet());
    assertEquals(PolicyKeys.KILL_SHAPE.keys().keySet(), at(kubelet, "kill").entries().keySet());
    assertEquals(EvidenceKeys.SHAPE.keys().keySet(), at(kubelet, "evidence").entries().keySet());
    assertEquals(DaemonKeys.SHAPE.keys().keySet(), root.entries().keySet());
  }

  @Test
  void theShippedFileWritesOutEveryDefaultOfAMaster() throws IOException {
    Table root = YamlReader.read(SHIPPED, Files.readString(SHIPPED), new Problems()).orElseThrow();
    Table cluster = at(root, "cluster");
    Table manifests = at(root, "manifests");
    Table limits = at(at(root, "etcd"), "limits");
    Map<Shape, Table> shown = new LinkedHashMap<>();
    shown.put(NodeKeys.SHAPE, at(root, "node"));
    shown.put(ClusterKeys.SHAPE, cluster);
    shown.put(ClusterKeys.ETCD_SHAPE, at(cluster, "etcd"));
    shown.put(ManifestKeys.SHAPE, manifests);
    shown.put(ManifestKeys.WANTED_SHAPE, at(at(manifests, "set"), "etcd"));
    shown.put(NodeKeys.CREDENTIALS_SHAPE, at(root, "credentials"));
    shown.put(NodeKeys.KUBELET_SHAPE, at(root, "kubelet"));
    shown.put(EtcdKeys.SHAPE, at(root, "etcd"));
    shown.put(EtcdKeys.LIMITS_SHAPE, limits);
    for (Thresholds<?> each :
        List.of(
            EtcdKeys.FREE_SPACE, EtcdKeys.QUOTA, EtcdKeys.FSYNC, EtcdKeys.COMMIT, EtcdKeys.CLOCK)) {
      shown.put(each.shape(), at(limits, each.table().name()));
    }
    shown.put(ApiserverKeys.SHAPE, at(root, "apiserver"));
    shown.put(ApiserverKeys.KUBECONFIGS_SHAPE, at(at(root, "apiserver"), "kubeconfigs"));
    shown.put(BackupKeys.SHAPE, at(root, "backup"));
    shown.put(BackupKeys.KEEP_SHAPE, at(at(root, "backup"), "keep"));
    shown.forEach((shape, table) -> assertEquals(shape.keys().keySet(), table.entries().keySet()));
  }

  /** Without a profile nothing of it would be read. */
  @Test
  void theShippedFileMeansTheSameAsAnEmptyOneOnAMasterToo() throws IOException {
    String bare =
        """
        node: {address: 10.0.0.1}
        cluster: {masters: {master-1: 10.0.0.1}}
        """;
    for (String profile : List.of("seed", "modern")) {
      ConfigFolder config =
          new ConfigFolder(folder)
              .with("conf.d/master.yaml", bare + "manifests: {profile: " + profile + "}");
      Plan empty = config.with("main.yaml", "").plan();
      Plan shipped = config.with("main.yaml", Files.readString(SHIPPED)).plan();
      assertTrue(empty.master().isPresent());
      assertEquals(empty, shipped);
    }
  }

  @Test
  void theShippedFileNamesEveryKey() throws IOException {
    String text = Files.readString(SHIPPED);
    List<Shape> shapes =
        List.of(
            DaemonKeys.SHAPE,
            DaemonKeys.HTTP_SHAPE,
            DaemonKeys.CONTROL_SHAPE,
            DaemonKeys.INCIDENTS_SHAPE,
            NodeKeys.SHAPE,
            NodeKeys.CREDENTIALS_SHAPE,
            NodeKeys.KUBELET_SHAPE,
            NodeKeys.WORKER_SHAPE,
            ClusterKeys.SHAPE,
            ClusterKeys.ETCD_SHAPE,
            ManifestKeys.SHAPE,
            ManifestKeys.WANTED_SHAPE,
            EtcdKeys.SHAPE,
            EtcdKeys.LIMITS_SHAPE,
            ApiserverKeys.SHAPE,
            ApiserverKeys.KUBECONFIGS_SHAPE,
            BackupKeys.SHAPE,
            BackupKeys.KEEP_SHAPE,
            ServiceKeys.SHAPE,
            PolicyKeys.CRASH_SHAPE,
            PolicyKeys.KILL_SHAPE,
            EvidenceKeys.SHAPE,
            ProbeKeys.SHAPE);
    List<String> unnamed =
        shapes.stream()
            .flatMap(shape -> shape.keys().keySet().stream())
            .filter(key -> !Pattern.compile("(?m)^[# ]*" + key + ": ?").matcher(text).find())
            .toList();
    assertEquals(List.of(), unnamed);
  }

  @Test
  void everyExampleInItLoadsBesideIt() throws IOException {
    Map<String, String> examples = examples();
    assertEquals(
        List.of(
            "containerd",
            "init-scripts",
            "exec-service",
            "watch-only",
            "master",
            "50-worker",
            "external-etcd"),
        List.copyOf(examples.keySet()));
    ConfigFolder config = new ConfigFolder(folder).with("main.yaml", Files.readString(SHIPPED));
    for (Map.Entry<String, String> example : examples.entrySet()) {
      Plan before = config.plan();
      config.with("conf.d/example.yaml", example.getValue());
      // The one that is said to stand beside it.
      if (example.getKey().equals("external-etcd")) {
        config.with("conf.d/a.yaml", examples.getOrDefault("master", ""));
      }
      Plan after = config.plan();
      Files.delete(folder.resolve("conf.d/example.yaml"));
      assertTrue(!before.equals(after), example.getKey());
    }
  }

  @Test
  void theSeedsInitScriptsAreSupervisedByPidfile() throws IOException {
    Plan plan =
        new ConfigFolder(folder)
            .with("main.yaml", Files.readString(SHIPPED))
            .with("conf.d/init-scripts.yaml", examples().getOrDefault("init-scripts", ""))
            .plan();
    List<String> pidfiles =
        plan.services().stream()
            .map(ServiceSpec::unit)
            .map(unit -> unit instanceof UnitSpec.Script script ? script.pidfile().toString() : "")
            .toList();
    assertEquals(List.of("/var/run/docker.pid", "/var/run/kubelet.pid"), pidfiles);
  }

  @Test
  void theQuickstartRunsWebAndWorkerAndOnRequestEtcd() throws IOException {
    ConfigFolder config = new ConfigFolder(folder).with("main.yaml", Files.readString(QUICKSTART));
    assertEquals(
        List.of("web", "worker"),
        config.plan().services().stream().map(ServiceSpec::name).toList());
    config.with("conf.d/etcd.yaml", "services: {etcd: {enabled: true}}");
    ServiceSpec etcd = config.plan().services().getLast();
    assertEquals("etcd", etcd.name());
    assertTrue(
        etcd.unit() instanceof UnitSpec.Exec exec
            && exec.log().equals(Path.of("/var/lib/ha-supervisor/etcd.log")));
  }

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    Pattern example =
        Pattern.compile("(?m)^# Example conf\\.d/([0-9a-z-]+)\\.yaml - .*\\n((?:#   .*\\n)+)");
    for (MatchResult match : example.matcher(Files.readString(SHIPPED)).results().toList()) {
      examples.put(match.group(1), match.group(2).replaceAll("(?m)^#   ", ""));
    }
    return examples;
  }

  private static Table at(Table table, String key) {
    return table.entries().get(key) instanceof Value.Entry(_, Table below) ? below : Table.EMPTY;
  }
}
