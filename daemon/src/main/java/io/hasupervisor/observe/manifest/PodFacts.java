package io.hasupervisor.observe.manifest;

import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import io.hasupervisor.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of a manifest matters to the other manifests beside it, read as far as it can be.
 *
 * @param pod {@code namespace/name}; empty where it is no pod
 * @param hostPorts its containers' TCP ports on the host
 * @param annotations their keys
 * @param problem the first reason why the kubelet may not take it, or see something else in it
 */
public record PodFacts(
    Optional<String> pod,
    List<Integer> hostPorts,
    Set<String> annotations,
    Optional<String> problem) {
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  public PodFacts {
    hostPorts = List.copyOf(hostPorts);
    annotations = Set.copyOf(annotations);
  }

  /** Reads the first document of YAML or JSON text; {@code file} is for messages. */
  public static PodFacts of(Path file, String text) {
    Problems problems = new Problems();
    Optional<Table> root = YamlReader.read(file, readable(text), problems);
    Optional<String> problem = problems.all().stream().findFirst().map(PodFacts::shown);
    if (root.isEmpty()) {
      return new PodFacts(Optional.empty(), List.of(), Set.of(), problem);
    }
    if (!word(root.get(), "kind").equals(Optional.of("Pod"))) {
      String kind =
          word(root.get(), "kind").map(it -> "its kind is " + it).orElse("it has no kind");
      return new PodFacts(
          Optional.empty(),
          List.of(),
          Set.of(),
          problem.or(() -> Optional.of("is no pod: " + kind)));
    }
    Table metadata = table(root.get(), "metadata");
    // Without a namespace the kubelet takes "default".
    String namespace = word(metadata, "namespace").filter(it -> !it.isEmpty()).orElse("default");
    Optional<String> pod = word(metadata, "name").map(name -> namespace + "/" + name);
    return new PodFacts(
        pod,
        hostPorts(table(root.get(), "spec")),
        table(metadata, "annotations").entries().keySet(),
        problem.or(() -> pod.isPresent() ? Optional.empty() : Optional.of("its pod has no name")));
  }

  private static String shown(Problem problem) {
    String path = problem.path().isEmpty() ? "" : problem.path() + " ";
    return problem.line() == 0
        ? path + problem.message()
        : "line " + problem.line() + ": " + path + problem.message();
  }

  /**
   * The kubelet's readers take a byte order mark, tabs in JSON, and the first of many documents.
   */
  private static String readable(String text) {
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return bare.stripLeading().startsWith("{") ? bare.replace('\t', ' ') : firstDocument(bare);
  }

  private static String firstDocument(String text) {
    boolean begun = false;
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      String line = text.substring(start, end).stripTrailing();
      boolean marker = line.equals("---") || line.startsWith("--- ");
      if (marker && begun) {
        return text.substring(0, start);
      }
      begun |= !marker && !line.isBlank() && !line.startsWith("#") && !line.startsWith("%");
      start = end;
    }
    return text;
  }

  private static List<Integer> hostPorts(Table spec) {
    boolean hostNetwork = word(spec, "hostNetwork").filter(TRUE::contains).isPresent();
    List<Integer> ports = new ArrayList<>();
    items(spec, "containers")
        .flatMap(container -> items(container, "ports"))
        .filter(port -> word(port, "protocol").orElse("TCP").equals("TCP"))
        .forEach(
            port ->
                number(port, "hostPort")
                    .or(() -> hostNetwork ? number(port, "containerPort") : Optional.empty())
                    .ifPresent(ports::add));
    return ports.stream().distinct().toList();
  }

  private static Optional<Value> value(Table table, String key) {
    return Optional.ofNullable(table.entries().get(key)).map(Value.Entry::value);
  }

  private static Table table(Table table, String key) {
    return value(table, key)
        .map(it -> it instanceof Table found ? found : Table.EMPTY)
        .orElse(Table.EMPTY);
  }

  private static Stream<Table> items(Table table, String key) {
    return value(table, key).stream()
        .flatMap(it -> it instanceof Items found ? found.items().stream() : Stream.of())
        .flatMap(it -> it instanceof Table found ? Stream.of(found) : Stream.of());
  }

  private static Optional<String> word(Table table, String key) {
    return value(table, key)
        .flatMap(it -> it instanceof Text text ? Optional.of(text.text()) : Optional.empty());
  }

  private static Optional<Integer> number(Table table, String key) {
    return word(table, key).filter(it -> it.matches("[0-9]{1,5}")).map(Integer::valueOf);
  }
}
