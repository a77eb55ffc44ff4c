package io.hasupervisor.cluster;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster as all of its masters know it.
 *
 * @param masters IP addresses by node name, this host included, in the order of the configuration
 * @param serviceCidr range of service addresses; the first one is the apiserver's
 * @param podCidr range of pod addresses
 */
public record Cluster(
    String name,
    Map<String, String> masters,
    Optional<LoadBalancer> loadBalancer,
    String serviceCidr,
    String podCidr,
    String dnsDomain,
    Etcd etcd) {

  public Cluster {
    masters = Collections.unmodifiableMap(new LinkedHashMap<>(masters));
  }

  /** The master other than {@code own} at this host, in the form of {@link Addresses#canonical}. */
  public Optional<String> otherAt(String host, Master.Node own) {
    return masters.entrySet().stream()
        .filter(it -> !it.getKey().equals(own.name()))
        .filter(it -> Addresses.canonical(it.getValue()).equals(host))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The one address by which clients reach all apiservers; host is a name or an IP address. */
  public record LoadBalancer(String host, int port) {}

  /**
   * How etcd finds its peers and where it keeps its data.
   *
   * @param data directory on the host that holds {@code member/}
   * @param mount mount point that must be mounted before data is believed missing; empty: none
   * @param shared whether all masters see the same storage, so that {@code data} ends in a
   *     directory of this node's own
   * @param token of the static bootstrap: equal on all masters, different for every new cluster
   * @param discovery URL of a discovery service's token, in place of the static bootstrap
   * @param existing whether this member joins a cluster that is there: {@code
   *     --initial-cluster-state}
   */
  public record Etcd(
      Path data,
      Optional<Path> mount,
      boolean shared,
      String token,
      Optional<String> discovery,
      boolean existing) {}
}
