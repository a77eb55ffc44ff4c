package io.hasupervisor.assess.preflight;

import io.hasupervisor.assess.preflight.Check.Result;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Masters of three, and their preflight in few words. */
final class Three {
  private Three() {}

  static Master modern() {
    return of(Profile.MODERN, "lb.example", "a", "b", "c");
  }

  static Master of(Profile profile, String balancer, String... names) {
    Map<String, String> masters = new LinkedHashMap<>();
    for (String name : names) {
      masters.put(name, "10.0.0." + (masters.size() + 1));
    }
    return Master.watched(
        profile,
        new Master.Node("a", "10.0.0.1"),
        new Cluster(
            "kubernetes",
            masters,
            Optional.of(new Cluster.LoadBalancer(balancer, 6443)),
            "10.96.0.0/12",
            "10.244.0.0/16",
            "cluster.local",
            new Cluster.Etcd(
                profile.etcdData(), Optional.empty(), false, "t", Optional.empty(), false)),
        new ManifestSettings(
            Path.of("/etc/kubernetes/manifests"),
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler").stream()
                .map(it -> new Wanted(it, Path.of(it), Optional.empty(), List.of(), List.of()))
                .toList(),
            false,
            false,
            Path.of("/var/run/docker.sock")),
        new CredentialSettings(profile.credentials(), Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(profile.kubeletConfig()));
  }

  /** Of what is not well: {@code RESULT CODE SUBJECT}, one a line. */
  static String wrong(List<Check> checks) {
    return checks.stream()
        .filter(check -> check.result() != Result.OK)
        .map(check -> check.result() + " " + check.code() + " " + check.subject())
        .collect(Collectors.joining("\n"));
  }

  /** The text of the line that says that all is well. */
  static String well(List<Check> checks) {
    return checks.stream()
        .filter(check -> check.result() == Result.OK)
        .map(Check::text)
        .collect(Collectors.joining("\n"));
  }

  static String cures(List<Check> checks) {
    return checks.stream()
        .map(Check::cure)
        .filter(cure -> !cure.isEmpty())
        .collect(Collectors.joining("\n"));
  }
}
