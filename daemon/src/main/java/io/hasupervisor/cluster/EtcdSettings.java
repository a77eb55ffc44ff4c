package io.hasupervisor.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How etcd is watched from this host.
 *
 * @param local client URL of this host's own member; empty where etcd is run elsewhere
 * @param endpoints client URLs by which the other members are asked before a member list is known,
 *     or all of them where etcd is run elsewhere
 * @param tls for https URLs, those of peers too
 * @param attest whether this daemon writes through its own member how it and its host are
 * @param period from the start of one round of questions to the start of the next
 */
public record EtcdSettings(
    Optional<String> local,
    List<String> endpoints,
    Optional<Tls> tls,
    Attest attest,
    Duration period,
    EtcdLimits limits) {

  public EtcdSettings {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * What holds unless configured otherwise: the own member on loopback, the others by their
   * masters' addresses.
   *
   * @param credentials directory of the master's certificates
   */
  public static EtcdSettings of(
      Profile profile, Master.Node node, Cluster cluster, Path credentials) {
    boolean plain = profile == Profile.SEED;
    String local = (plain ? "http" : "https") + "://127.0.0.1:" + profile.etcdClientPort();
    Optional<Tls> tls =
        plain
            ? Optional.empty()
            : Optional.of(
                new Tls(
                    credentials.resolve("etcd/ca.crt"),
                    credentials.resolve("apiserver-etcd-client.crt"),
                    credentials.resolve("apiserver-etcd-client.key")));
    return new EtcdSettings(
        Optional.of(local),
        others(local, node, cluster),
        tls,
        Attest.ALWAYS,
        Duration.ofSeconds(10),
        EtcdLimits.DEFAULT);
  }

  /** The other masters' client URLs, where theirs are like the own member's. */
  public static List<String> others(String local, Master.Node node, Cluster cluster) {
    URI own = URI.create(local);
    return cluster.masters().entrySet().stream()
        .filter(master -> !master.getKey().equals(node.name()))
        .map(master -> url(own.getScheme(), master.getValue(), own.getPort()))
        .toList();
  }

  private static String url(String scheme, String host, int port) {
    String written = Addresses.inUrl(host);
    return scheme + "://" + written + ":" + port;
  }

  /** PEM files; read anew when they change. */
  public record Tls(Path ca, Path certificate, Path key) {}

  /** Whether attestations are written, where this host has a member. */
  public enum Attest {
    ALWAYS,
    /** Then the other masters know nothing of this daemon, and do not repair themselves. */
    NEVER
  }

  /** Whether no member of the cluster is this host's. */
  public boolean external() {
    return local.isEmpty();
  }
}
