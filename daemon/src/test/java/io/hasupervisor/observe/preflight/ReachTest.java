package io.hasupervisor.observe.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.HeldPort;
import io.hasupervisor.observe.preflight.Reach.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReachTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static ServerSocket listening(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static State at(int port, Duration limit) throws InterruptedException {
    return Reach.look("b", "127.0.0.1", port, limit).state();
  }

  @Test
  void tellsOpenFromRefused() throws Exception {
    try (HeldPort port = new HeldPort()) {
      try (ServerSocket _ = port.listen()) {
        assertEquals(State.OPEN, at(port.number(), LONG));
      }
      assertEquals(State.REFUSED, at(port.number(), LONG));
    }
  }

  /** As behind a firewall that drops: the kernel answers nothing once the queue is full. */
  @Test
  void nothingThatComesBackIsSilenceAndNoRefusal() throws Exception {
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocket socket = listening(1)) {
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        boolean _ = channel.connect(socket.getLocalSocketAddress());
        waiting.add(channel);
      }
      Reach seen = Reach.look("b", "127.0.0.1", socket.getLocalPort(), Duration.ofMillis(300));
      assertEquals(State.SILENT, seen.state());
      assertTrue(seen.detail().contains("300 ms"), seen.detail());
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }
}
