package io.hasupervisor.observe;

import static io.hasupervisor.observe.Checks.SHORT;
import static io.hasupervisor.observe.Checks.failed;
import static io.hasupervisor.observe.Checks.passed;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectProbesTest {
  @TempDir Path directory;

  private static Probe tcp(String host, int port) {
    return new TcpProbe(new ProbeTarget.Tcp(host, port));
  }

  private static Probe unix(Path path) {
    return new UnixSocketProbe(new ProbeTarget.UnixSocket(path));
  }

  @Test
  void tcpPassesWhereSomethingListensAndIsRefusedWhereNothingDoes() throws Exception {
    try (HeldPort port = new HeldPort()) {
      try (FakeServer _ = FakeServer.over(port.listen(), FakeServer::hang)) {
        passed(tcp("127.0.0.1", port.number()));
      }
      failed(Symptom.REFUSED, tcp("127.0.0.1", port.number()));
    }
  }

  @Test
  void tcpToANameThatDoesNotResolveIsUnreachable() throws Exception {
    failed(Symptom.UNREACHABLE, tcp("no-such-host.invalid", 80));
  }

  @Test
  void tcpTimesOutWhenTheQueueIsFull() throws Exception {
    List<SocketChannel> clients = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
      for (int i = 0; i < 8; i++) {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        boolean _ = client.connect(address);
        clients.add(client);
      }
      failed(Symptom.TIMED_OUT, tcp("127.0.0.1", server.getLocalPort()), SHORT);
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void unixSocketPassesIsMissingOrRefused() throws Exception {
    Path path = directory.resolve("it.sock");
    failed(Symptom.NO_SOCKET, unix(path));
    FakeServer server = FakeServer.unix(path, FakeServer::hang);
    passed(unix(path));
    server.close();
    failed(Symptom.REFUSED, unix(path));
    Files.delete(path);
    Files.createFile(path);
    failed(Symptom.REFUSED, unix(path));
  }

  @Test
  void unixSocketTimesOutWhenTheQueueIsFull() throws Exception {
    Path path = directory.resolve("it.sock");
    try (Closeable _ = FakeServer.withFullQueue(path)) {
      failed(Symptom.TIMED_OUT, unix(path), SHORT);
    }
  }
}
