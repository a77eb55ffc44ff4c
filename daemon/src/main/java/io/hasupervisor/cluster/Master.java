package io.hasupervisor.cluster;

/** This host as a master of its cluster, as configured. */
public record Master(
    Profile profile,
    Node node,
    Cluster cluster,
    ManifestSettings manifests,
    CredentialSettings credentials,
    KubeletSettings kubelet) {

  /**
   * This host.
   *
   * @param name unique among the masters
   * @param address the IP address by which the other masters reach it
   */
  public record Node(String name, String address) {}
}
