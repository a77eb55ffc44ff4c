package io.hasupervisor.observe.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.observe.HeldPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenerTest {
  private static final Path PROC = Path.of("/proc");

  @TempDir Path directory;

  @Test
  void namesTheProcessThatListens() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      List<Listener> seen = Listener.look(PROC, Set.of(socket.getLocalPort()));
      assertEquals(1, seen.size(), seen.toString());
      assertEquals(
          Optional.of(ProcessHandle.current().pid()), seen.getFirst().holder().map(Holder::pid));
      assertEquals(Listener.Scope.LOOPBACK, seen.getFirst().scope());
    }
  }

  @Test
  void aPortThatWasGivenUpHasNoListener() throws Exception {
    try (HeldPort port = new HeldPort()) {
      port.listen().close();
      assertEquals(List.of(), Listener.look(PROC, Set.of(port.number())));
    }
  }

  @Test
  void readsAddressesOfBothKindsAndPassesOverConnections() throws Exception {
    String head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when\n";
    String tail =
        " 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 100 0 0 10 0\n";
    assertEquals(
        List.of("ONE 192.0.2.71:2380", "ALL 0.0.0.0:4001"),
        said(
            Listener.unheld(
                head
                    + "   0: 470200C0:094C 00000000:0000 0A"
                    + tail
                    + "   1: 00000000:0FA1 00000000:0000 0A"
                    + tail
                    + "   2: 0100007F:0FA1 0100007F:B33C 01"
                    + tail)));
    assertEquals(
        List.of("LOOPBACK 0:0:0:0:0:0:0:1:9099"),
        said(
            Listener.unheld(
                head
                    + "   0: 00000000000000000000000001000000:238B"
                    + " 00000000000000000000000000000000:0000 0A"
                    + tail)));
  }

  private static List<String> said(List<Listener> listeners) {
    return listeners.stream().map(it -> it.scope() + " " + it.address() + ":" + it.port()).toList();
  }

  private Holder of(String groups) throws Exception {
    Files.writeString(directory.resolve("cgroup"), groups);
    Files.writeString(directory.resolve("comm"), "etcd\n");
    return Holder.of(directory, 7);
  }

  @Test
  void tellsUnitsFromContainersOfEveryDriver() throws Exception {
    String id = "c5133bb67943df13791d4cf3e0e5659c724f6717c7508fc1c0adc25d1ed9f521";
    Optional<String> none = Optional.empty();
    assertEquals(
        new Holder(7, "etcd", Optional.of("nginx.service"), none),
        of("1:name=systemd:/system.slice/nginx.service\n0::/system.slice/nginx.service\n"));
    for (String path :
        List.of(
            "/docker/" + id,
            "/system.slice/docker-" + id + ".scope",
            "/kubepods/burstable/pod1ef0/" + id,
            "/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + id + ".scope")) {
      assertEquals(Optional.of(id), of("4:memory:" + path + "\n").container(), path);
    }
    assertEquals(new Holder(7, "etcd", none, none), of("0::/user.slice/session-1.scope\n"));
  }
}
