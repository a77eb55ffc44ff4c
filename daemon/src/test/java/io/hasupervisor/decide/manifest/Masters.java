package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Cluster.Etcd;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.ManifestSettings.Mount;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.manifest.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A master with values to change, for tests. */
record Masters(
    Profile profile,
    String name,
    String address,
    Map<String, String> masters,
    Optional<LoadBalancer> balancer,
    Path data,
    Path pki,
    String token,
    Optional<String> discovery,
    Optional<String> image,
    List<String> flags,
    List<Mount> mounts) {

  static Masters of(Profile profile) {
    Map<String, String> masters = new LinkedHashMap<>();
    masters.put("a", "10.0.0.1");
    masters.put("b", "10.0.0.2");
    masters.put("c", "10.0.0.3");
    return new Masters(
        profile,
        "a",
        "10.0.0.1",
        masters,
        Optional.empty(),
        profile.etcdData(),
        profile.credentials(),
        "token-1",
        Optional.empty(),
        Optional.of("registry.k8s.io/x:1"),
        List.of(),
        List.of());
  }

  Masters node(String node, String ip) {
    return new Masters(
        profile, node, ip, masters, balancer, data, pki, token, discovery, image, flags, mounts);
  }

  Masters masters(Map<String, String> all) {
    return new Masters(
        profile, name, address, all, balancer, data, pki, token, discovery, image, flags, mounts);
  }

  Masters balancer(LoadBalancer one) {
    return new Masters(
        profile,
        name,
        address,
        masters,
        Optional.of(one),
        data,
        pki,
        token,
        discovery,
        image,
        flags,
        mounts);
  }

  Masters paths(Path etcd, Path credentials) {
    return new Masters(
        profile,
        name,
        address,
        masters,
        balancer,
        etcd,
        credentials,
        token,
        discovery,
        image,
        flags,
        mounts);
  }

  Masters token(String word) {
    return new Masters(
        profile, name, address, masters, balancer, data, pki, word, discovery, image, flags,
        mounts);
  }

  Masters discovery(String url) {
    return new Masters(
        profile,
        name,
        address,
        masters,
        balancer,
        data,
        pki,
        token,
        Optional.of(url),
        image,
        flags,
        mounts);
  }

  Masters image(Optional<String> other) {
    return new Masters(
        profile, name, address, masters, balancer, data, pki, token, discovery, other, flags,
        mounts);
  }

  Masters flags(String... extra) {
    return new Masters(
        profile,
        name,
        address,
        masters,
        balancer,
        data,
        pki,
        token,
        discovery,
        image,
        List.of(extra),
        mounts);
  }

  Masters mounts(Mount... extra) {
    return new Masters(
        profile,
        name,
        address,
        masters,
        balancer,
        data,
        pki,
        token,
        discovery,
        image,
        flags,
        List.of(extra));
  }

  Master master() {
    // Its settings hold URLs, and no configuration lets through addresses as wild as some here.
    Master tame = tame();
    return new Master(
        profile,
        new Master.Node(name, address),
        tame.cluster(),
        tame.manifests(),
        tame.credentials(),
        tame.kubelet(),
        tame.etcd(),
        tame.apiserver(),
        tame.backup(),
        tame.repair());
  }

  private Master tame() {
    return Master.watched(
        profile,
        new Master.Node("a", "10.0.0.1"),
        new Cluster(
            "kubernetes",
            masters,
            balancer,
            "10.96.0.0/12",
            "10.244.0.0/16",
            "cluster.local",
            new Etcd(data, Optional.empty(), false, token, discovery, false)),
        new ManifestSettings(
            Path.of("/etc/kubernetes/manifests"),
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler").stream()
                .map(each -> new Wanted(each, Path.of(each), image, flags, mounts))
                .toList(),
            false,
            false,
            Path.of("/var/run/docker.sock")),
        new CredentialSettings(pki, Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(profile.kubeletConfig()));
  }

  /** One manifest of this template, or the findings as {@code line:column CODE text | cure}. */
  Result render(String text) {
    Template template = new Template("etcd", Path.of("t.yaml"), text);
    return switch (Renderer.render(master(), List.of(template))) {
      case Rendering.Done done -> new Result(Optional.of(done.manifests().getFirst()), List.of());
      case Rendering.Refused refused ->
          new Result(
              Optional.empty(),
              refused.findings().stream()
                  .map(
                      f ->
                          "%d:%d %s %s | %s"
                              .formatted(
                                  f.place().orElseThrow().line(),
                                  f.place().orElseThrow().column(),
                                  f.code(),
                                  f.text(),
                                  f.cure()))
                  .toList());
    };
  }

  /** What became of one template. */
  record Result(Optional<Manifest> manifest, List<String> findings) {
    /** Without the header. */
    String body() {
      return manifest
          .map(m -> m.text().lines().skip(3).map(line -> line + "\n").reduce("", String::concat))
          .orElseThrow(() -> new AssertionError(findings.toString()));
    }
  }
}
