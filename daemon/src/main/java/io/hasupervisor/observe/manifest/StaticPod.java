package io.hasupervisor.observe.manifest;

import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a manifest says of the pod that is to run, as far as it can be told from outside.
 *
 * @param namespace {@code default} where the manifest names none, as for the kubelet
 * @param hostNetwork whether its containers have the host's addresses
 */
public record StaticPod(
    String namespace, String name, boolean hostNetwork, List<Container> containers) {

  private static final Path MANIFEST = Path.of("manifest");

  public StaticPod {
    containers = List.copyOf(containers);
  }

  /**
   * One container; those that only run at the pod's start are not among them.
   *
   * @param command empty: the image's own entry point
   * @param args empty: the image's own, unless there is a command
   */
  public record Container(String name, String image, List<String> command, List<String> args) {
    public Container {
      command = List.copyOf(command);
      args = List.copyOf(args);
    }
  }

  /** The pod of a manifest; empty where it is not YAML or names no container. */
  public static Optional<StaticPod> read(String manifest) {
    return root(manifest)
        .map(StaticPod::of)
        .filter(pod -> !pod.name.isEmpty() && !pod.containers.isEmpty());
  }

  /**
   * Whether two manifests differ at most in comments and in layout: the kubelet, which compares
   * what it has read, then leaves the pod as it is.
   */
  public static boolean same(String one, String other) {
    Optional<Object> said = root(one).flatMap(Node::value).map(StaticPod::bare);
    return said.isPresent() && said.equals(root(other).flatMap(Node::value).map(StaticPod::bare));
  }

  /** The root of a manifest without problems. */
  static Optional<Node> root(String manifest) {
    Problems problems = new Problems();
    return YamlReader.read(MANIFEST, manifest, problems).filter(_ -> problems.none()).map(Node::of);
  }

  /** Without places. */
  private static Object bare(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Items list -> list.items().stream().map(StaticPod::bare).toList();
      case Table table ->
          table.entries().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, it -> bare(it.getValue().value())));
    };
  }

  /**
   * The pod's {@code namespace/name} on a node: the kubelet adds its node's name in lower case
   * (kubelet/config/common.go).
   */
  public String on(String node) {
    return namespace + "/" + name + "-" + node.toLowerCase(Locale.ROOT);
  }

  private static StaticPod of(Node root) {
    Node metadata = root.at("metadata");
    Node spec = root.at("spec");
    return new StaticPod(
        metadata.at("namespace").text().orElse("default"),
        metadata.at("name").textOrEmpty(),
        spec.at("hostNetwork").isTrue(),
        spec.at("containers").items().stream().map(StaticPod::container).toList());
  }

  private static Container container(Node node) {
    return new Container(
        node.at("name").textOrEmpty(),
        node.at("image").textOrEmpty(),
        words(node.at("command")),
        words(node.at("args")));
  }

  private static List<String> words(Node list) {
    return list.items().stream().map(Node::textOrEmpty).toList();
  }
}
