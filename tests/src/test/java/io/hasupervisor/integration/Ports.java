package io.hasupervisor.integration;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free TCP ports that stay free: below the range from which the kernel gives ports to outgoing
 * connections, so that none takes the port of a server that is down.
 */
final class Ports {
  private static final int FIRST = 27000;
  private static final int MANY = 5000;

  /** Two runs on one machine begin apart. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % 100 * 50));

  private Ports() {}

  /** On all addresses of this host. */
  static int next() throws IOException {
    IOException taken = new IOException("none tried");
    for (int tried = 0; tried < MANY; tried++) {
      int port = FIRST + NEXT.getAndIncrement() % MANY;
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(port));
        return port;
      } catch (BindException e) {
        taken = e;
      }
    }
    throw new IOException("no port is free between " + FIRST + " and " + (FIRST + MANY), taken);
  }
}
