package io.hasupervisor.observe;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of loopback at which nobody listens but whom the test lets: a port that is only given up
 * may be given to somebody else, or to the client itself, at any time.
 */
public final class HeldPort implements Closeable {
  /** Bound, and neither connected nor listening: the kernel refuses for it. */
  private final Socket holder = new Socket();

  public HeldPort() throws IOException {
    // Lets a server of the test listen beside it.
    holder.setReuseAddress(true);
    holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public int number() {
    return holder.getLocalPort();
  }

  /** Listens there until it is closed. */
  public ServerSocket listen() throws IOException {
    return new ServerSocket(number(), 50, InetAddress.getLoopbackAddress());
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
