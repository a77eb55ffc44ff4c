package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.observe.manifest.HostFacts.Kind;
import io.hasupervisor.observe.manifest.ManifestBytes;
import io.hasupervisor.observe.manifest.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A set of manifests to change and judge, for tests. */
record Judged(Map<String, String> files, Optional<Master> master, Optional<HostFacts> host) {
  private static final List<String> SET =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  /** A good set of the old design, for node b at 10.0.0.2 of three. */
  static Judged seed() {
    return shipped("seed");
  }

  /** A good set in kubeadm's shape, for the same node. */
  static Judged modern() {
    return shipped("modern");
  }

  /** Files with the mistakes of those that the design of old was printed with. */
  static Judged defective() {
    return shipped("defective");
  }

  private static Judged shipped(String folder) {
    Map<String, String> files = new LinkedHashMap<>();
    SET.forEach(name -> files.put(name + ".yaml", resource(folder + "/" + name + ".yaml")));
    return new Judged(files, Optional.empty(), Optional.empty());
  }

  private static String resource(String name) {
    try (InputStream in = Judged.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Judged only(String name) {
    return new Judged(Map.of(name, files.getOrDefault(name, "")), master, host);
  }

  Judged with(String name, String text) {
    Map<String, String> more = new LinkedHashMap<>(files);
    more.put(name, text);
    return new Judged(more, master, host);
  }

  /** Every {@code from}, of which there must be one, becomes {@code to}. */
  Judged edit(String name, String from, String to) {
    String text = files.getOrDefault(name, "");
    assertTrue(text.contains(from), name + " lacks " + from);
    return with(name, text.replace(from, to));
  }

  /** The configuration of node b at 10.0.0.2. */
  Judged forB(Profile profile) {
    Map<String, String> masters = new LinkedHashMap<>();
    masters.put("a", "10.0.0.1");
    masters.put("b", "10.0.0.2");
    masters.put("c", "10.0.0.3");
    Cluster.Etcd etcd =
        new Cluster.Etcd(profile.etcdData(), Optional.empty(), false, "t", Optional.empty(), false);
    Master b =
        Master.watched(
            profile,
            new Master.Node("b", "10.0.0.2"),
            new Cluster(
                "kubernetes",
                masters,
                Optional.empty(),
                "10.96.0.0/12",
                "10.244.0.0/16",
                "cluster.local",
                etcd),
            new ManifestSettings(
                Path.of("/etc/kubernetes/manifests"), List.of(), false, false, Path.of("/sock")),
            new CredentialSettings(profile.credentials(), Duration.ofDays(30), Duration.ofDays(7)),
            new KubeletSettings(Path.of("/etc/default/kubelet")));
    return new Judged(files, Optional.of(b), host);
  }

  private HostFacts facts() {
    return host.orElse(new HostFacts(Map.of(), Map.of(), Optional.empty(), List.of()));
  }

  Judged path(String path, Kind kind) {
    Map<String, Kind> paths = new TreeMap<>(facts().paths());
    paths.put(path, kind);
    HostFacts more = new HostFacts(paths, facts().images(), facts().docker(), facts().others());
    return new Judged(files, master, Optional.of(more));
  }

  Judged image(String image, boolean present) {
    HostFacts more =
        new HostFacts(facts().paths(), Map.of(image, present), facts().docker(), facts().others());
    return new Judged(files, master, Optional.of(more));
  }

  /** Another file of the manifest directory. */
  Judged beside(String name, String text) {
    Report report = new Report();
    Pod other = pod(Path.of(name), text, report).orElseThrow();
    HostFacts more =
        new HostFacts(facts().paths(), facts().images(), facts().docker(), List.of(other));
    return new Judged(files, master, Optional.of(more));
  }

  private static Optional<Pod> pod(Path file, String text, Report report) {
    return ManifestReader.read(
            file, new ManifestBytes.Whole(text.getBytes(StandardCharsets.UTF_8)), report)
        .flatMap(root -> ManifestRules.pod(file, root, report));
  }

  List<Finding> findings() {
    Report report = new Report();
    List<Pod> pods = new ArrayList<>();
    files.forEach((name, text) -> pod(Path.of(name), text, report).ifPresent(pods::add));
    ManifestRules.askedPaths(new ManifestSet(pods, master, host));
    ManifestRules.judge(new ManifestSet(pods, master, host), report);
    return report.findings();
  }

  /** One finding of this code, in this file and line. */
  Finding finds(String code, Severity severity, String file, String inLine) {
    List<Finding> found = findings().stream().filter(f -> f.code().equals(code)).toList();
    assertEquals(1, found.size(), () -> code + " in " + findings());
    Finding finding = found.getFirst();
    assertEquals(severity, finding.severity());
    assertEquals(file, finding.place().orElseThrow().file().toString());
    int line = finding.place().orElseThrow().line();
    String text = files.getOrDefault(file, "").lines().skip(line - 1L).findFirst().orElse("");
    assertTrue(text.contains(inLine), () -> line + ": " + text);
    return finding;
  }

  /** No finding of this code. */
  Judged lacks(String code) {
    assertEquals(List.of(), findings().stream().filter(f -> f.code().equals(code)).toList());
    return this;
  }

  /** All codes but advice, without repetition. */
  List<String> codes() {
    return findings().stream()
        .filter(f -> f.severity() != Severity.ADVICE)
        .map(Finding::code)
        .distinct()
        .sorted()
        .toList();
  }
}
