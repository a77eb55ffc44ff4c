package io.hasupervisor.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A master of the seed's profile, for tests that need just any. */
public final class SeedMaster {
  private SeedMaster() {}

  /**
   * {@code m1}, at 10.0.0.1.
   *
   * @param cluster its name
   * @param masters addresses by names
   */
  public static Master m1(String cluster, Map<String, String> masters) {
    return Master.watched(
        Profile.SEED,
        new Master.Node("m1", "10.0.0.1"),
        new Cluster(
            cluster,
            masters,
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
