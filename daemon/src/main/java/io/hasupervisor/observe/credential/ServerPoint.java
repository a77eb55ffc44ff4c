package io.hasupervisor.observe.credential;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.credential.ServedSeen.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server of this master listens, and which certificate it should show.
 *
 * @param files as of {@link ServedSeen#files}
 */
public record ServerPoint(Service service, String host, int port, List<Path> files) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int KUBELET_PORT = 10250;
  private static final int ETCD_PEER_PORT = 2380;

  public ServerPoint {
    files = List.copyOf(files);
  }

  /** The apiserver's, etcd's and the kubelet's of this master. */
  public static List<ServerPoint> of(Master master, Layout layout) {
    String own = master.node().address();
    List<ServerPoint> points = new ArrayList<>();
    for (String host : List.of(own, LOOPBACK)) {
      add(
          points,
          layout,
          Role.APISERVER,
          Service.APISERVER,
          host,
          master.profile().apiserverPort());
      if (master.profile() == Profile.MODERN) {
        add(
            points,
            layout,
            Role.ETCD_SERVER,
            Service.ETCD,
            host,
            master.profile().etcdClientPort());
      }
    }
    add(points, layout, Role.ETCD_PEER, Service.ETCD_PEER, own, ETCD_PEER_PORT);
    points.add(new ServerPoint(Service.KUBELET, own, KUBELET_PORT, layout.kubeletServing()));
    return List.copyOf(points);
  }

  private static void add(
      List<ServerPoint> points, Layout layout, Role role, Service service, String host, int port) {
    layout.pairs().stream()
        .filter(pair -> pair.role() == role)
        .map(pair -> new ServerPoint(service, host, port, List.of(pair.certificate())))
        .forEach(points::add);
  }

  /** {@code host:port}. */
  public String address() {
    return Addresses.inUrl(host) + ":" + port;
  }
}
