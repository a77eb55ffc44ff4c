package io.hasupervisor.config;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Cluster.Etcd;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.config.ClusterKeys.InitialState;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The cluster, and whether what is said of it fits together. */
record ClusterReader(Section section, Profile profile, String node) {
  /** etcd's own default: enough where no other cluster could be mistaken for this one. */
  private static final String TOKEN = "etcd-cluster";

  private static final int MOST_MASTERS = 100;

  Cluster read() {
    Map<String, String> masters = masters();
    checkRanges(masters);
    return new Cluster(
        section.get(ClusterKeys.NAME),
        masters,
        section
            .get(ClusterKeys.LOAD_BALANCER)
            .map(balancer -> balancer.withPort(profile.apiserverPort())),
        section.get(ClusterKeys.SERVICE_CIDR).toString(),
        section.get(ClusterKeys.POD_CIDR).toString(),
        section.get(ClusterKeys.DNS_DOMAIN),
        etcd(section.section(ClusterKeys.ETCD, ClusterKeys.ETCD_SHAPE), masters.size()));
  }

  private Map<String, String> masters() {
    Map<String, String> masters = new LinkedHashMap<>();
    Map<InetAddress, String> owners = new HashMap<>();
    section
        .texts(ClusterKeys.MASTERS)
        .forEach(
            (name, text) ->
                Ip.plain(text)
                    .ifPresent(
                        ip -> {
                          masters.put(name, text.toLowerCase(Locale.ROOT));
                          String owner = owners.putIfAbsent(ip, name);
                          if (owner != null) {
                            section.reject(
                                ClusterKeys.MASTERS,
                                "gives " + owner + " and " + name + " the same address " + text);
                          }
                        }));
    if (section.texts(ClusterKeys.MASTERS).isEmpty()) {
      section.reject(
          ClusterKeys.MASTERS,
          "is needed where manifests.profile is set: name and address of every master, this host"
              + " included");
    } else if (masters.size() > MOST_MASTERS) {
      section.reject(ClusterKeys.MASTERS, "holds more than " + MOST_MASTERS + " masters");
    }
    return masters;
  }

  private void checkRanges(Map<String, String> masters) {
    Cidr services = section.get(ClusterKeys.SERVICE_CIDR);
    Cidr pods = section.get(ClusterKeys.POD_CIDR);
    if (services.overlaps(pods)) {
      section.reject(
          ClusterKeys.POD_CIDR,
          "overlaps the service-cidr " + services + ": one address would mean two things");
    }
    Map<String, String> hosts = new LinkedHashMap<>(masters);
    section
        .get(ClusterKeys.LOAD_BALANCER)
        .ifPresent(balancer -> hosts.put("the load balancer", balancer.host()));
    for (Key<Cidr> key : List.of(ClusterKeys.SERVICE_CIDR, ClusterKeys.POD_CIDR)) {
      Cidr range = section.get(key);
      hosts.forEach(
          (name, host) -> {
            if (Ip.plain(host).filter(range::contains).isPresent()) {
              String whose = range + " holds " + host + ", the address of " + name;
              section.reject(key, whose + ": choose a range that no host is in");
            }
          });
    }
  }

  private Etcd etcd(Section etcd, int masters) {
    Path root = etcd.get(ClusterKeys.DATA_DIRECTORY).orElse(profile.etcdData());
    Optional<Path> mount = etcd.get(ClusterKeys.MOUNT);
    if (mount.filter(at -> !root.startsWith(at)).isPresent()) {
      etcd.reject(ClusterKeys.MOUNT, "must be the data-directory " + root + " or one above it");
    }
    Optional<URI> discovery = etcd.get(ClusterKeys.DISCOVERY);
    boolean existing = etcd.get(ClusterKeys.INITIAL_STATE) == InitialState.EXISTING;
    if (discovery.isPresent() && profile == Profile.MODERN) {
      etcd.reject(
          ClusterKeys.DISCOVERY,
          "does not go with profile modern: the discovery service is gone from new etcd; set none,"
              + " and a token of your choice");
    } else if (discovery.isPresent() && existing) {
      etcd.reject(
          ClusterKeys.DISCOVERY,
          "does not go with initial-state existing: it only begins clusters; set none, and a"
              + " token of your choice");
    }
    Optional<String> token = etcd.get(ClusterKeys.TOKEN);
    if (token.isEmpty() && discovery.isEmpty() && masters > 1) {
      etcd.reject(
          ClusterKeys.TOKEN,
          "is needed for more than one master: any word, equal on all masters, different for every"
              + " new cluster, or members of two clusters could take each other for their own");
    }
    boolean shared = etcd.get(ClusterKeys.SHARED);
    return new Etcd(
        shared ? root.resolve(node) : root,
        mount,
        shared,
        token.orElse(TOKEN),
        discovery.map(URI::toString),
        existing);
  }
}
