package io.hasupervisor.loop;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A master's configuration for the tests of this package. */
final class Masters {
  private Masters() {}

  /** The same host, which attests when it is told to. */
  static Master attesting(EtcdSettings.Attest when) {
    Master m1 = m1();
    EtcdSettings etcd = m1.etcd();
    return m1.with(
        new EtcdSettings(
            etcd.local(), etcd.endpoints(), etcd.tls(), when, etcd.period(), etcd.limits()));
  }

  static Master m1() {
    return Master.watched(
        Profile.SEED,
        new Master.Node("m1", "10.0.0.1"),
        new Cluster(
            "c",
            Map.of("m1", "10.0.0.1"),
            Optional.empty(),
            "10.254.0.0/16",
            "10.244.0.0/16",
            "cluster.local",
            new Cluster.Etcd(
                Path.of("/var/etcd/data"), Optional.empty(), false, "t", Optional.empty(), false)),
        new ManifestSettings(
            Path.of("/etc/kubernetes/manifests"),
            List.of(),
            false,
            false,
            Path.of("/var/run/docker.sock")),
        new CredentialSettings(Path.of("/srv/kubernetes"), Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(Path.of("/etc/default/kubelet")));
  }
}
