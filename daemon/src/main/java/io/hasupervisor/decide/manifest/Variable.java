package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Variables that stand for one value each, by the names that templates use. */
enum Variable {
  NODE_NAME("node.name"),
  NODE_IP("node.address"),
  NODE_HOST("node.address"),
  MASTER_IP("cluster.load-balancer"),
  LOAD_BALANCER("cluster.load-balancer"),
  LOAD_BALANCER_PORT("cluster.load-balancer"),
  MASTER_COUNT("cluster.masters"),
  CLUSTER_NAME("cluster.name"),
  SERVICE_CIDR("cluster.service-cidr"),
  POD_CIDR("cluster.pod-cidr"),
  DNS_DOMAIN("cluster.dns-domain"),
  DISCOVERY_TOKEN("cluster.etcd.discovery"),
  INITIAL_CLUSTER("cluster.masters"),
  CLUSTER_TOKEN("cluster.etcd.token"),
  CLUSTER_STATE("cluster.etcd.initial-state"),
  ETCD_DATA("cluster.etcd.data-directory"),
  PKI("credentials.directory"),
  IMAGE("manifests.set.NAME.image"),
  POD_UID("");

  /** In place of {@link #POD_UID}, which is known only when all else is. */
  private static final String NO_UID = "00000000-0000-0000-0000-000000000000";

  private final String key;

  Variable(String key) {
    this.key = key;
  }

  /** The key of the configuration that sets it for {@code manifest}. */
  String key(String manifest) {
    return key.replace("NAME", manifest);
  }

  /** Empty where its key is left out and has no default. */
  Optional<String> value(Master master, Wanted wanted) {
    Cluster cluster = master.cluster();
    return switch (this) {
      case MASTER_IP -> cluster.loadBalancer().map(LoadBalancer::host);
      case LOAD_BALANCER -> cluster.loadBalancer().map(each -> Addresses.inUrl(each.host()));
      case LOAD_BALANCER_PORT -> cluster.loadBalancer().map(each -> "" + each.port());
      case DISCOVERY_TOKEN -> cluster.etcd().discovery();
      case IMAGE -> wanted.image();
      case NODE_NAME -> Optional.of(master.node().name());
      case NODE_IP -> Optional.of(master.node().address());
      case NODE_HOST -> Optional.of(Addresses.inUrl(master.node().address()));
      case MASTER_COUNT -> Optional.of("" + cluster.masters().size());
      case CLUSTER_NAME -> Optional.of(cluster.name());
      case SERVICE_CIDR -> Optional.of(cluster.serviceCidr());
      case POD_CIDR -> Optional.of(cluster.podCidr());
      case DNS_DOMAIN -> Optional.of(cluster.dnsDomain());
      case INITIAL_CLUSTER -> Optional.of(initialCluster(master));
      case CLUSTER_TOKEN -> Optional.of(cluster.etcd().token());
      case CLUSTER_STATE -> Optional.of(clusterState(master));
      case ETCD_DATA -> Optional.of(cluster.etcd().data().toString());
      case PKI -> Optional.of(master.credentials().directory().toString());
      case POD_UID -> Optional.of(NO_UID);
    };
  }

  /** Whether it is a number, for fields that hold one. */
  boolean number() {
    return this == LOAD_BALANCER_PORT || this == MASTER_COUNT;
  }

  /** In the order of the names, so that all masters say the same. */
  static String initialCluster(Master master) {
    String scheme = master.profile() == Profile.SEED ? "http" : "https";
    return master.cluster().masters().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            each ->
                each.getKey() + "=" + scheme + "://" + Addresses.inUrl(each.getValue()) + ":2380")
        .collect(Collectors.joining(","));
  }

  static String clusterState(Master master) {
    return master.cluster().etcd().existing() ? "existing" : "new";
  }
}
