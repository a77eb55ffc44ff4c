package io.hasupervisor.config;

import io.hasupervisor.yaml.Value.Table;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of the cluster, equal on all of its masters. */
final class ClusterKeys {
  /** Whether etcd's members begin a cluster or join one. */
  enum InitialState {
    NEW,
    EXISTING
  }

  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");

  static final Key<String> NAME =
      Key.of(
          "name",
          Words.matching(
              Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
              "a name of at most 63 letters, digits, dots, hyphens and underscores"),
          "kubernetes");
  static final Key<Table> MASTERS =
      Key.table(
          "masters",
          new Named(
              "master",
              DNS_NAME,
              "a DNS name (RFC 1123): small letters, digits, hyphens and dots, as Kubernetes wants"
                  + " the names of nodes",
              Ip.ADDRESS));
  static final Key<Optional<Balancer>> LOAD_BALANCER =
      Key.of("load-balancer", Balancer.TYPE.orNone(), Optional.empty());
  static final Key<Cidr> SERVICE_CIDR = cidr("service-cidr", "10.96.0.0/12");
  static final Key<Cidr> POD_CIDR = cidr("pod-cidr", "10.244.0.0/16");
  static final Key<String> DNS_DOMAIN =
      Key.of(
          "dns-domain",
          Words.matching(DNS_NAME, "a DNS name such as cluster.local"),
          "cluster.local");

  static final Key<Optional<Path>> DATA_DIRECTORY =
      Key.of("data-directory", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Key<Optional<Path>> MOUNT =
      Key.of("mount", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Key<Boolean> SHARED = Key.of("shared", Words.TRUTH, false);
  static final Key<Optional<String>> TOKEN =
      Key.of(
          "token",
          Words.matching(
                  Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}"),
                  "at most 128 letters, digits, dots, hyphens and underscores")
              .orNone(),
          Optional.empty());
  static final Key<Optional<URI>> DISCOVERY =
      Key.of(
          "discovery",
          Type.text(
                  "the whole URL that a discovery service gave, such as"
                      + " https://discovery.etcd.io/3e86b59982e49066c5d813af1c2e2579cbf573de",
                  text -> Url.parse(text).filter(url -> url.getRawUserInfo() == null))
              .orNone(),
          Optional.empty());
  static final Key<InitialState> INITIAL_STATE =
      Key.of("initial-state", Words.choice(InitialState.class), InitialState.NEW);
  static final Shape ETCD_SHAPE =
      Shape.of(DATA_DIRECTORY, MOUNT, SHARED, TOKEN, DISCOVERY, INITIAL_STATE);
  static final Key<Table> ETCD = Key.table("etcd", ETCD_SHAPE);

  static final Shape SHAPE =
      Shape.of(NAME, MASTERS, LOAD_BALANCER, SERVICE_CIDR, POD_CIDR, DNS_DOMAIN, ETCD);

  private ClusterKeys() {}

  private static Key<Cidr> cidr(String name, String otherwise) {
    return Key.of(name, Cidr.type(otherwise), Cidr.parse(otherwise).orElseThrow());
  }
}
