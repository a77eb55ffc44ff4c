package io.hasupervisor.cluster;

import java.util.ArrayList;
import java.util.List;

/** Names and addresses that certificates of a control plane must carry. */
public final class ServerNames {
  /** The host as it calls itself. */
  public static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost");

  private ServerNames() {}

  /** By which pods reach the apiserver: the names of its service, and its first address. */
  public static List<String> service(Cluster cluster) {
    List<String> names =
        new ArrayList<>(
            List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc." + cluster.dnsDomain()));
    Addresses.first(cluster.serviceCidr()).ifPresent(names::add);
    return List.copyOf(names);
  }
}
