package io.hasupervisor.config;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Master.Node;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.loop.Plan.Settings;
import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * This host as a master; what its keys say across each other is checked only where a profile says
 * that it is one.
 *
 * @param main the main file: templates lie beside it
 */
record MasterReader(Section root, Path main) {

  /** Empty where no profile is chosen. */
  Optional<Master> read(Settings settings) {
    Section manifests = root.section(DaemonKeys.MANIFESTS, ManifestKeys.SHAPE);
    return manifests.get(ManifestKeys.PROFILE).map(profile -> read(settings, manifests, profile));
  }

  private Master read(Settings settings, Section manifests, Profile profile) {
    Section section = root.section(DaemonKeys.CLUSTER, ClusterKeys.SHAPE);
    Cluster cluster = new ClusterReader(section, profile, settings.node()).read();
    Node node = node(settings.node(), cluster.masters());
    ManifestSettings placed =
        new ManifestReader(manifests, profile, main.toAbsolutePath().resolveSibling("manifests"))
            .read();
    CredentialSettings credentials = credentials(profile);
    return new Master(
        profile,
        node,
        cluster,
        placed,
        credentials,
        new KubeletSettings(
            root.section(DaemonKeys.KUBELET, NodeKeys.KUBELET_SHAPE)
                .get(NodeKeys.KUBELET_CONFIG)
                .orElse(profile.kubeletConfig())),
        new EtcdReader(
                root.section(DaemonKeys.ETCD, EtcdKeys.SHAPE),
                EtcdSettings.of(profile, node, cluster, credentials.directory()),
                node,
                cluster,
                placed.wanted().stream().anyMatch(wanted -> wanted.name().equals("etcd")))
            .read(),
        new ApiserverReader(
                root.section(DaemonKeys.APISERVER, ApiserverKeys.SHAPE),
                ApiserverSettings.of(profile, node, credentials.directory()),
                node,
                cluster)
            .read(),
        new BackupReader(
                root.section(DaemonKeys.BACKUP, BackupKeys.SHAPE),
                placed.directory(),
                cluster.etcd().data(),
                settings.stateDir())
            .read(),
        RepairKeys.read(root.section(DaemonKeys.REPAIR, RepairKeys.SHAPE)));
  }

  private Node node(String name, Map<String, String> masters) {
    Section node = root.section(DaemonKeys.NODE, NodeKeys.SHAPE);
    Optional<String> address = node.get(NodeKeys.ADDRESS);
    if (address.isEmpty()) {
      node.reject(
          NodeKeys.ADDRESS,
          "is needed where manifests.profile is set: the IP address by which the other masters"
              + " reach this host");
    }
    String listed = masters.get(name);
    if (listed == null && !masters.isEmpty()) {
      String whose = node.get(NodeKeys.NAME).isPresent() ? "" : ", this host's name,";
      node.reject(
          NodeKeys.NAME,
          Quote.of(name)
              + whose
              + " is not one of the cluster.masters: "
              + String.join(", ", masters.keySet())
              + Nearest.hint(name, masters.keySet()));
    }
    if (listed != null && address.filter(own -> !same(own, listed)).isPresent()) {
      node.reject(
          NodeKeys.ADDRESS,
          "must be that of " + name + " in cluster.masters, which is " + Quote.of(listed));
    }
    return new Node(name, listed == null ? address.orElse("") : listed);
  }

  private static boolean same(String one, String other) {
    return Ip.plain(one).equals(Ip.plain(other));
  }

  private CredentialSettings credentials(Profile profile) {
    Section section = root.section(DaemonKeys.CREDENTIALS, NodeKeys.CREDENTIALS_SHAPE);
    Duration warn = section.get(NodeKeys.WARN_BEFORE);
    Duration critical = section.get(NodeKeys.CRITICAL_BEFORE);
    if (critical.compareTo(warn) > 0) {
      section.reject(
          NodeKeys.CRITICAL_BEFORE, "must be at most warn-before, or nobody is warned first");
    }
    return new CredentialSettings(
        section.get(NodeKeys.CREDENTIALS).orElse(profile.credentials()), warn, critical);
  }
}
