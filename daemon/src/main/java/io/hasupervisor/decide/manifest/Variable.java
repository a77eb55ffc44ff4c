package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Variables that stand for one value each, by the names that templates use. */
enum Variable {
  NODE_NAME("node.name", master -> master.node().name()),
  NODE_IP("node.address", master -> master.node().address()),
  NODE_HOST("node.address", master -> inUrl(master.node().address())),
  MASTER_IP("cluster.load-balancer", (master, _) -> balancer(master).map(LoadBalancer::host)),
  LOAD_BALANCER("cluster.load-balancer", (master, _) -> balancer(master).map(b -> inUrl(b.host()))),
  LOAD_BALANCER_PORT(
      "cluster.load-balancer",
      (master, _) -> balancer(master).map(b -> Integer.toString(b.port()))),
  MASTER_COUNT("cluster.masters", master -> Integer.toString(master.cluster().masters().size())),
  CLUSTER_NAME("cluster.name", master -> master.cluster().name()),
  SERVICE_CIDR("cluster.service-cidr", master -> master.cluster().serviceCidr()),
  POD_CIDR("cluster.pod-cidr", master -> master.cluster().podCidr()),
  DNS_DOMAIN("cluster.dns-domain", master -> master.cluster().dnsDomain()),
  DISCOVERY_TOKEN("cluster.etcd.discovery", (master, _) -> master.cluster().etcd().discovery()),
  INITIAL_CLUSTER("cluster.masters", Variable::initialCluster),
  CLUSTER_TOKEN("cluster.etcd.token", master -> master.cluster().etcd().token()),
  CLUSTER_STATE("cluster.etcd.initial-state", Variable::clusterState),
  ETCD_DATA("cluster.etcd.data-directory", master -> master.cluster().etcd().data().toString()),
  PKI("credentials.directory", master -> master.credentials().directory().toString()),
  IMAGE("manifests.set.NAME.image", (_, wanted) -> wanted.image()),
  /** Known only when all else is: see {@link Renderer}. */
  POD_UID("", _ -> "00000000-0000-0000-0000-000000000000");

  private final String key;
  private final BiFunction<Master, Wanted, Optional<String>> value;

  Variable(String key, Function<Master, String> value) {
    this(key, (master, _) -> Optional.of(value.apply(master)));
  }

  Variable(String key, BiFunction<Master, Wanted, Optional<String>> value) {
    this.key = key;
    this.value = value;
  }

  /** The key of the configuration that sets it for {@code manifest}. */
  String key(String manifest) {
    return key.replace("NAME", manifest);
  }

  /** Empty where its key is left out and has no default. */
  Optional<String> value(Master master, Wanted wanted) {
    return value.apply(master, wanted);
  }

  /** Whether it is a number, for fields that hold one. */
  boolean number() {
    return this == LOAD_BALANCER_PORT || this == MASTER_COUNT;
  }

  private static Optional<LoadBalancer> balancer(Master master) {
    return master.cluster().loadBalancer();
  }

  private static String inUrl(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  /** In the order of the names, so that all masters say the same. */
  static String initialCluster(Master master) {
    String scheme = master.profile() == Profile.SEED ? "http" : "https";
    return master.cluster().masters().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + "=" + scheme + "://" + inUrl(each.getValue()) + ":2380")
        .collect(Collectors.joining(","));
  }

  static String clusterState(Master master) {
    return master.cluster().etcd().existing() ? "existing" : "new";
  }
}
