package io.hasupervisor.decide.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.Template;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Entry;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import io.hasupervisor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shipped templates are free of the mistakes that the design of old was printed with. */
final class ShippedTemplatesTest {
  private static final List<String> SET =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  private static final Entry NOTHING = new Entry(Place.builtIn(), Table.EMPTY);

  /** Rendered for the first of three masters. */
  private static Map<String, Table> pods(Profile profile) throws IOException {
    List<Template> templates = new ArrayList<>();
    for (String name : SET) {
      Path file = Path.of("../config/manifests", profile.label(), name + ".yaml");
      templates.add(new Template(name, file, Files.readString(file)));
    }
    Rendering rendering = Renderer.render(Masters.of(profile).master(), templates);
    Map<String, Table> pods = new HashMap<>();
    if (rendering instanceof Rendering.Done done) {
      for (Manifest manifest : done.manifests()) {
        pods.put(
            manifest.name(),
            YamlReader.read(Path.of(manifest.file()), manifest.text(), new Problems())
                .orElseThrow());
      }
      return pods;
    }
    throw new AssertionError(rendering);
  }

  private static Table container(Map<String, Table> pods, String name) {
    return items(pods.getOrDefault(name, Table.EMPTY), "spec", "containers").getFirst()
            instanceof Table container
        ? container
        : Table.EMPTY;
  }

  private static Value at(Value value, String... keys) {
    Value at = value;
    for (String key : keys) {
      at =
          at instanceof Table(_, Map<String, Entry> entries)
              ? entries.getOrDefault(key, NOTHING).value()
              : Table.EMPTY;
    }
    return at;
  }

  private static String text(Value value, String... keys) {
    return at(value, keys) instanceof Text text ? text.text() : "";
  }

  private static List<Value> items(Value value, String... keys) {
    return at(value, keys) instanceof Items items ? items.items() : List.of();
  }

  private static List<String> command(Table container) {
    return items(container, "command").stream().map(ShippedTemplatesTest::text).toList();
  }

  private static String flag(Table container, String name) {
    return command(container).stream()
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  private static Set<String> names(List<Value> items) {
    Set<String> names = new TreeSet<>();
    items.forEach(item -> names.add(text(item, "name")));
    return names;
  }

  @Test
  void everyMountHasItsVolumeAndEveryVolumeItsMount() throws IOException {
    for (Profile profile : Profile.values()) {
      Map<String, Table> pods = pods(profile);
      for (String name : SET) {
        Set<String> volumes = names(items(pods.getOrDefault(name, Table.EMPTY), "spec", "volumes"));
        assertTrue(!volumes.isEmpty(), name);
        assertEquals(volumes, names(items(container(pods, name), "volumeMounts")));
      }
    }
  }

  @Test
  void etcdWritesWhereTheHostKeepsItsData() throws IOException {
    for (Profile profile : Profile.values()) {
      Map<String, Table> pods = pods(profile);
      Value mount = items(container(pods, "etcd"), "volumeMounts").getFirst();
      Value volume = items(pods.getOrDefault("etcd", Table.EMPTY), "spec", "volumes").getFirst();
      String data = profile.etcdData().toString();
      assertEquals(data, flag(container(pods, "etcd"), "--data-dir"));
      assertEquals(data, text(mount, "mountPath"));
      assertEquals(data, text(volume, "hostPath", "path"));
      assertEquals("Directory", text(volume, "hostPath", "type"));
      assertEquals(text(volume, "name"), text(mount, "name"));
    }
  }

  @Test
  void etcdListensWhereItTellsOthersAndWhereTheApiserverAsks() throws IOException {
    for (Profile profile : Profile.values()) {
      Map<String, Table> pods = pods(profile);
      Table etcd = container(pods, "etcd");
      List<String> listens = List.of(flag(etcd, "--listen-client-urls").split(",", -1));
      assertTrue(listens.contains(flag(etcd, "--advertise-client-urls")), listens.toString());
      assertTrue(
          listens.contains(flag(container(pods, "kube-apiserver"), "--etcd-servers")),
          listens.toString());
      assertEquals(flag(etcd, "--listen-peer-urls"), flag(etcd, "--initial-advertise-peer-urls"));
      assertTrue(
          flag(etcd, "--initial-cluster")
              .contains("a=" + flag(etcd, "--initial-advertise-peer-urls")));
    }
  }

  @Test
  void noLivenessNeedsOtherMasters() throws IOException {
    Map<String, String> paths = new HashMap<>();
    for (Profile profile : Profile.values()) {
      Map<String, Table> pods = pods(profile);
      for (String name : List.of("etcd", "kube-apiserver")) {
        for (String probe : List.of("livenessProbe", "startupProbe")) {
          String path = text(container(pods, name), probe, "httpGet", "path");
          paths.put(profile.label() + " " + name + " " + probe, path);
        }
      }
    }
    assertEquals(
        Map.of(
            "seed etcd livenessProbe", "/version",
            "seed etcd startupProbe", "",
            "seed kube-apiserver livenessProbe", "/version",
            "seed kube-apiserver startupProbe", "",
            "modern etcd livenessProbe", "/livez",
            "modern etcd startupProbe", "/livez",
            "modern kube-apiserver livenessProbe", "/livez?exclude=etcd",
            "modern kube-apiserver startupProbe", "/livez?exclude=etcd"),
        paths);
  }

  @Test
  void oneOfAllLeadsAndOneKeySignsAndVerifies() throws IOException {
    for (Profile profile : Profile.values()) {
      Map<String, Table> pods = pods(profile);
      for (String name : List.of("kube-controller-manager", "kube-scheduler")) {
        assertEquals("true", flag(container(pods, name), "--leader-elect"));
      }
    }
    assertEquals(
        flag(container(pods(Profile.SEED), "kube-apiserver"), "--service-account-key-file"),
        flag(
            container(pods(Profile.SEED), "kube-controller-manager"),
            "--service-account-private-key-file"));
    assertEquals("3", flag(container(pods(Profile.SEED), "kube-apiserver"), "--apiserver-count"));
  }

  @Test
  void aShellGivesItsPlaceToTheProgramAndItsLogIsAFile() throws IOException {
    Map<String, Table> pods = pods(Profile.SEED);
    for (String name : SET.subList(1, 4)) {
      Table container = container(pods, name);
      String log = "/var/log/" + name + ".log";
      assertEquals(
          List.of(
              "/bin/sh", "-c", "exec \"$0\" \"$@\" 1>>" + log + " 2>&1", "/usr/local/bin/" + name),
          command(container).subList(0, 4));
      List<Value> volumes = items(pods.getOrDefault(name, Table.EMPTY), "spec", "volumes");
      assertTrue(
          volumes.stream()
              .anyMatch(
                  volume ->
                      text(volume, "hostPath", "path").equals(log)
                          && text(volume, "hostPath", "type").equals("File")),
          name);
    }
  }

  @Test
  void everyPodIsNamedAndLabelledAndNoneNamesACloudOrATest() throws IOException {
    for (Profile profile : Profile.values()) {
      for (Map.Entry<String, Table> pod : pods(profile).entrySet()) {
        Table table = pod.getValue();
        assertEquals("kube-system", text(table, "metadata", "namespace"));
        assertEquals(pod.getKey(), text(table, "metadata", "labels", "component"));
        assertEquals("control-plane", text(table, "metadata", "labels", "tier"));
        assertEquals("true", text(table, "spec", "hostNetwork"));
        assertEquals(
            profile == Profile.SEED, !text(table, "metadata", "uid").isEmpty(), pod.getKey());
        assertTrue(!table.toString().matches("(?s).*(gce|e2e|cloud-provider).*"), pod.getKey());
      }
    }
  }
}
