package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;

import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** All rules: first the form of each file, then what the pods ask for, alone and together. */
public final class ManifestRules {
  private ManifestRules() {}

  /** The pod in a file; empty after {@code report} was told that it is something else. */
  public static Optional<Pod> pod(Path file, Table root, Report report) {
    String version = text(root, "apiVersion");
    String kind = text(root, "kind");
    if (!version.equals("v1") || !kind.equals("Pod")) {
      report.add(
          "NOT_A_POD",
          CRITICAL,
          ManifestReader.subject(file),
          place(file, root, kind.equals("Pod") ? "apiVersion" : "kind"),
          "is apiVersion "
              + Quote.of(version)
              + ", kind "
              + Quote.of(kind)
              + ": the kubelet runs only pods from files",
          kind.endsWith("List")
              ? "make each of its items a file of its own"
              : "begin with apiVersion: v1 and kind: Pod");
      return Optional.empty();
    }
    Pod pod = Pod.of(file, root);
    PodSchema.check(root, pod.subject(), report);
    return Optional.of(pod);
  }

  /** Whether these pods do what they should, as far as can be told. */
  public static void judge(ManifestSet set, Report report) {
    Optional<HostFacts> host = set.host();
    List<Program> all = set.pods().stream().flatMap(pod -> Program.of(pod).stream()).toList();
    Optional<String> data = set.master().map(m -> m.cluster().etcd().data().toString());
    for (Pod pod : set.pods()) {
      PodRules.judge(pod, report);
      HostRules.judge(pod, host, data, report);
    }
    for (Program program : all) {
      ContainerRules.judge(program, host, report);
      EraRules.judge(program, report);
      if (!program.container().init()) {
        program.component().ifPresent(c -> component(c, program, set, all, report));
      }
    }
    SetRules.judge(set, report);
  }

  private static void component(
      Component component, Program program, ManifestSet set, List<Program> all, Report report) {
    switch (component) {
      case ETCD -> {
        EtcdRules.judge(program, set.master(), report);
        EtcdBootstrapRules.judge(program, set.master(), set.host(), report);
        EtcdDiscoveryRules.judge(program, set.host(), report);
      }
      case APISERVER -> ApiserverRules.judge(program, only(Component.ETCD, all), report);
      case CONTROLLER_MANAGER -> {
        ControllerRules.leaderElection(program, report);
        ControllerRules.signingKey(program, only(Component.APISERVER, all), report);
      }
      case SCHEDULER -> ControllerRules.leaderElection(program, report);
    }
  }

  private static List<Program> only(Component component, List<Program> all) {
    return all.stream().filter(program -> program.is(component)).toList();
  }

  /** Paths of the host whose kind the rules ask for. */
  public static Set<String> askedPaths(ManifestSet set) {
    return HostPaths.asked(set.pods(), set.master());
  }

  /** Images that the rules ask for. */
  public static Set<String> askedImages(ManifestSet set) {
    return set.pods().stream()
        .flatMap(pod -> pod.containers().stream())
        .map(container -> container.image().text())
        .filter(image -> !image.isEmpty())
        .collect(Collectors.toSet());
  }

  private static String text(Table root, String key) {
    return Optional.ofNullable(root.entries().get(key))
        .map(Value.Entry::value)
        .map(value -> value instanceof Text text ? text.text() : value.shown())
        .orElse("");
  }

  private static Place place(Path file, Table root, String key) {
    return Optional.ofNullable(root.entries().get(key))
        .map(entry -> entry.value().place())
        .orElse(new Place(file, 1, 1));
  }
}
