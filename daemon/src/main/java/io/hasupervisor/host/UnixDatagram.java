package io.hasupervisor.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** Sends single datagrams to unix sockets, which the JDK cannot. */
public final class UnixDatagram {
  private UnixDatagram() {}

  /**
   * Sends without ever waiting, from a socket of its own: an interrupted caller closes nobody
   * else's.
   *
   * @param address a path, or {@code @name} for an abstract socket
   * @throws IOException when nobody listens, the receiver's queue is full, or the datagram is too
   *     big
   */
  public static void send(String address, byte[] datagram) throws IOException {
    String path = address.startsWith("@") ? "\0" + address.substring(1) : address;
    try (UnixDatagramChannel channel = UnixDatagramChannel.open()) {
      channel.configureBlocking(false);
      int sent = channel.send(ByteBuffer.wrap(datagram), new UnixSocketAddress(path));
      if (sent != datagram.length) {
        throw new IOException("only " + sent + " of " + datagram.length + " bytes were taken");
      }
    }
  }
}
