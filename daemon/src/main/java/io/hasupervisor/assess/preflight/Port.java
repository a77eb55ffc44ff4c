package io.hasupervisor.assess.preflight;

import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A TCP port that a master needs.
 *
 * @param program whose it is: a manifest's name, {@code kubelet} or {@code ha-supervisor}
 */
public record Port(int number, String program, Owner owner) {
  /** Between etcd's members. */
  public static final int PEERS = 2380;

  /** Who listens there. */
  public enum Owner {
    POD,
    KUBELET,
    DAEMON
  }

  /**
   * All that this master needs, in the order of their programs.
   *
   * @param listen the daemon's own addresses, as {@code host:port}
   */
  public static List<Port> of(Master master, List<String> listen) {
    boolean seed = master.profile() == Profile.SEED;
    Set<String> wanted =
        master.manifests().wanted().stream().map(Wanted::name).collect(Collectors.toSet());
    List<Port> ports = new ArrayList<>();
    if (wanted.contains("etcd")) {
      ports.add(pod("etcd", clients(master)));
      ports.add(pod("etcd", PEERS));
    }
    if (wanted.contains("kube-apiserver")) {
      ports.add(pod("kube-apiserver", master.profile().apiserverPort()));
      if (seed) {
        ports.add(pod("kube-apiserver", 8080));
      }
    }
    if (wanted.contains("kube-scheduler")) {
      ports.add(pod("kube-scheduler", seed ? 10251 : 10259));
    }
    if (wanted.contains("kube-controller-manager")) {
      ports.add(pod("kube-controller-manager", seed ? 10252 : 10257));
    }
    ports.add(new Port(10250, "kubelet", Owner.KUBELET));
    ports.add(new Port(10248, "kubelet", Owner.KUBELET));
    listen.stream()
        .map(address -> Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))
        .distinct()
        .forEach(port -> ports.add(new Port(port, "ha-supervisor", Owner.DAEMON)));
    return List.copyOf(ports);
  }

  private static int clients(Master master) {
    return master
        .etcd()
        .local()
        .map(url -> url.replaceFirst("/$", ""))
        .map(url -> url.substring(url.lastIndexOf(':') + 1))
        .filter(port -> port.matches("\\d{1,5}"))
        .map(Integer::parseInt)
        .orElse(master.profile().etcdClientPort());
  }

  private static Port pod(String program, int number) {
    return new Port(number, program, Owner.POD);
  }
}
