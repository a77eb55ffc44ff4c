package io.hasupervisor.observe.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionsTest {
  private static final long OWN = ProcessHandle.current().pid();

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void onlyAnEstablishedConnectionToThisAddressAndPortCounts(String address) throws Exception {
    InetAddress loopback = InetAddress.ofLiteral(address);
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      int port = server.getLocalPort();
      assertFalse(Connections.reach(OWN, List.of(loopback), port));
      try (Socket _ = new Socket(loopback, port)) {
        assertTrue(Connections.reach(OWN, List.of(loopback), port));
        assertFalse(Connections.reach(OWN, List.of(loopback), port == 65535 ? 1 : port + 1));
        assertFalse(Connections.reach(OWN, List.of(InetAddress.ofLiteral("10.0.0.10")), port));
      }
    }
  }

  /** As a script that stands for a kubelet: the connection is its child's. */
  @Test
  void aConnectionOfAChildCounts() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket server = new ServerSocket(0, 5, loopback)) {
      int port = server.getLocalPort();
      Process child =
          new ProcessBuilder("bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + port + "; read -r _")
              .start();
      try (Socket _ = server.accept()) {
        assertTrue(Connections.reach(OWN, List.of(loopback), port));
        assertTrue(Connections.reach(child.pid(), List.of(loopback), port));
      } finally {
        child.destroyForcibly().waitFor();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0A00000A:192B, 01, 77, true",
    "0A00000A:192B, 06, 77, false",
    "0A00000A:192B, 01, 78, false",
    "0B00000A:192B, 01, 77, false",
    "0000000000000000FFFF00000A00000A:192B, 01, 77, true",
  })
  void aLineOfTheTableIsReadAsTheKernelWritesIt(
      String remote, String state, String inode, boolean leads) throws IOException {
    String line =
        "   1: 0100007F:D2F0 %s %s 00000000:00000000 02:00000A 00000000     0        0 %s 2 0000"
            .formatted(remote, state, inode);
    assertEquals(
        leads,
        Connections.leads(line, Set.of("77"), List.of(InetAddress.ofLiteral("10.0.0.10")), 6443));
  }

  @Test
  void aProcessThatIsGoneCannotBeLookedAt() {
    assertThrows(IOException.class, () -> Connections.reach(4_194_305, List.of(), 1));
  }
}
