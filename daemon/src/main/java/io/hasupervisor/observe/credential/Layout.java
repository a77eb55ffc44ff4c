package io.hasupervisor.observe.credential;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files with credentials that a master has: those of the seed's page, or kubeadm's.
 *
 * @param directory of certificates and keys
 * @param tables of tokens and passwords
 * @param kubeletServing where the kubelet's own serving certificate may be, which it makes itself
 */
public record Layout(
    Path directory,
    List<Pair> pairs,
    List<Path> tables,
    Optional<SigningKey> serviceAccounts,
    List<Kubeconfig> kubeconfigs,
    List<Path> kubeletServing) {

  public Layout {
    pairs = List.copyOf(pairs);
    tables = List.copyOf(tables);
    kubeconfigs = List.copyOf(kubeconfigs);
    kubeletServing = List.copyOf(kubeletServing);
  }

  /** The key that signs service accounts' tokens, and the one that verifies them. */
  public record SigningKey(Path key, Path publicKey) {}

  /**
   * A file by which a component finds the apiserver and shows who it is.
   *
   * @param issuer file of the authorities that sign its certificate
   * @param fails as of {@link Pair#fails}
   */
  public record Kubeconfig(Path file, Path issuer, Need need, String fails) {}

  /**
   * The files of this master.
   *
   * @param root what stands for {@code /}
   */
  public static Layout of(Master master, Path root) {
    Path directory = below(root, master.credentials().directory());
    return master.profile() == Profile.SEED
        ? seed(directory, root)
        : modern(directory, root, hasEtcd(master));
  }

  /** {@code path} as seen from {@code root}. */
  public static Path below(Path root, Path path) {
    return root.resolve(Path.of("/").relativize(path.toAbsolutePath().normalize()));
  }

  /** Every file named here. */
  public List<Path> files() {
    return Stream.of(
            pairs.stream().flatMap(pair -> Stream.of(pair.certificate(), pair.key())),
            tables.stream(),
            serviceAccounts.stream().flatMap(sa -> Stream.of(sa.key(), sa.publicKey())),
            kubeconfigs.stream().map(Kubeconfig::file),
            kubeletServing.stream())
        .flatMap(files -> files)
        .distinct()
        .toList();
  }

  private static boolean hasEtcd(Master master) {
    return master.manifests().wanted().isEmpty()
        || master.manifests().wanted().stream().anyMatch(wanted -> wanted.name().equals("etcd"));
  }

  private static Layout seed(Path in, Path root) {
    Path ca = in.resolve("ca.crt");
    return new Layout(
        in,
        List.of(
            authority(ca, in.resolve("ca.key"), Need.OPTIONAL),
            pair(
                Role.APISERVER,
                in.resolve("server.cert"),
                ca,
                Need.REQUIRED,
                "every connection to the apiserver"),
            pair(
                Role.CLIENT,
                in.resolve("kubecfg.crt"),
                ca,
                Need.WANTED,
                "kubectl with kubecfg.crt")),
        List.of(in.resolve("known_tokens.csv"), in.resolve("basic_auth.csv")),
        Optional.empty(),
        List.of(),
        List.of(below(root, Path.of("/var/run/kubernetes/kubelet.crt"))));
  }

  private static Layout modern(Path in, Path root, boolean etcd) {
    Path etc = below(root, Path.of("/etc/kubernetes"));
    Path kubelet = below(root, Path.of("/var/lib/kubelet/pki"));
    return new Layout(
        in,
        Stream.concat(apiserverPairs(in).stream(), etcd ? etcdPairs(in).stream() : Stream.of())
            .toList(),
        List.of(),
        Optional.of(new SigningKey(in.resolve("sa.key"), in.resolve("sa.pub"))),
        kubeconfigs(etc, in.resolve("ca.crt")),
        List.of(kubelet.resolve("kubelet-server-current.pem"), kubelet.resolve("kubelet.crt")));
  }

  private static List<Pair> apiserverPairs(Path in) {
    Path ca = in.resolve("ca.crt");
    Path front = in.resolve("front-proxy-ca.crt");
    return List.of(
        authority(ca, in.resolve("ca.key"), Need.WANTED),
        pair(
            Role.APISERVER,
            in.resolve("apiserver.crt"),
            ca,
            Need.REQUIRED,
            "every connection to the apiserver"),
        pair(
            Role.CLIENT,
            in.resolve("apiserver-kubelet-client.crt"),
            ca,
            Need.REQUIRED,
            "all that the apiserver asks of kubelets (logs, exec, port-forward)"),
        authority(front, in.resolve("front-proxy-ca.key"), Need.OPTIONAL),
        pair(
            Role.CLIENT,
            in.resolve("front-proxy-client.crt"),
            front,
            Need.REQUIRED,
            "every aggregated API, such as metrics"));
  }

  private static List<Pair> etcdPairs(Path in) {
    Path ca = in.resolve("etcd/ca.crt");
    return List.of(
        authority(ca, in.resolve("etcd/ca.key"), Need.OPTIONAL),
        pair(
            Role.CLIENT,
            in.resolve("apiserver-etcd-client.crt"),
            ca,
            Need.REQUIRED,
            "the apiserver's connection to etcd"),
        pair(
            Role.ETCD_SERVER,
            in.resolve("etcd/server.crt"),
            ca,
            Need.REQUIRED,
            "the apiserver's connection to etcd"),
        pair(
            Role.ETCD_PEER,
            in.resolve("etcd/peer.crt"),
            ca,
            Need.REQUIRED,
            "this etcd member's connection to its peers"),
        pair(
            Role.CLIENT,
            in.resolve("etcd/healthcheck-client.crt"),
            ca,
            Need.WANTED,
            "the health check of etcd by this certificate"));
  }

  private static List<Kubeconfig> kubeconfigs(Path etc, Path ca) {
    List<Kubeconfig> all = new ArrayList<>();
    all.add(
        new Kubeconfig(etc.resolve("admin.conf"), ca, Need.OPTIONAL, "kubectl with admin.conf"));
    for (String component : List.of("controller-manager", "scheduler", "kubelet")) {
      all.add(
          new Kubeconfig(
              etc.resolve(component + ".conf"),
              ca,
              Need.REQUIRED,
              "the " + component + "'s access to the apiserver"));
    }
    return all;
  }

  private static Pair authority(Path certificate, Path key, Need keyNeed) {
    return new Pair(
        Role.CA,
        certificate,
        key,
        Optional.empty(),
        Need.REQUIRED,
        keyNeed,
        "every certificate that it signed");
  }

  private static Pair pair(Role role, Path certificate, Path issuer, Need need, String fails) {
    String name = certificate.getFileName().toString();
    Path key = certificate.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".key");
    return new Pair(role, certificate, key, Optional.of(issuer), need, need, fails);
  }
}
