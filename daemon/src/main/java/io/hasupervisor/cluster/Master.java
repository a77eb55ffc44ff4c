package io.hasupervisor.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/** This host as a master of its cluster, as configured. */
public record Master(
    Profile profile,
    Node node,
    Cluster cluster,
    ManifestSettings manifests,
    CredentialSettings credentials,
    KubeletSettings kubelet,
    EtcdSettings etcd,
    ApiserverSettings apiserver,
    BackupSettings backup,
    RepairSettings repair) {

  /** With etcd watched and backed up as it is unless configured otherwise. */
  public static Master watched(
      Profile profile,
      Node node,
      Cluster cluster,
      ManifestSettings manifests,
      CredentialSettings credentials,
      KubeletSettings kubelet) {
    return new Master(
        profile,
        node,
        cluster,
        manifests,
        credentials,
        kubelet,
        EtcdSettings.of(profile, node, cluster, credentials.directory()),
        ApiserverSettings.of(profile, node, credentials.directory()),
        BackupSettings.DEFAULT,
        RepairSettings.DEFAULT);
  }

  /** The same with etcd watched in another way. */
  public Master with(EtcdSettings other) {
    return new Master(
        profile, node, cluster, manifests, credentials, kubelet, other, apiserver, backup, repair);
  }

  /** The same with the apiservers watched in another way. */
  public Master with(ApiserverSettings other) {
    return new Master(
        profile, node, cluster, manifests, credentials, kubelet, etcd, other, backup, repair);
  }

  /** The same with other backups. */
  public Master with(BackupSettings other) {
    return new Master(
        profile, node, cluster, manifests, credentials, kubelet, etcd, apiserver, other, repair);
  }

  /** The same with other manifests. */
  public Master with(ManifestSettings other) {
    return new Master(
        profile, node, cluster, other, credentials, kubelet, etcd, apiserver, backup, repair);
  }

  /** IP addresses of the other masters by node name; no own one, whatever it is called. */
  public Map<String, String> others() {
    Map<String, String> others = new LinkedHashMap<>(cluster.masters());
    others.remove(node.name());
    others.values().removeIf(node.address()::equals);
    return others;
  }

  /** Where all apiservers listen for clients: as the own one does, where it is asked with TLS. */
  public int apiserverPort() {
    boolean secure = "https".equalsIgnoreCase(apiserver.local().getScheme());
    return secure && apiserver.local().getPort() > 0
        ? apiserver.local().getPort()
        : profile.apiserverPort();
  }

  /**
   * This host.
   *
   * @param name unique among the masters
   * @param address the IP address by which the other masters reach it
   */
  public record Node(String name, String address) {}
}
