package io.hasupervisor.observe;

import static io.hasupervisor.observe.Symptom.NO_SOCKET;
import static io.hasupervisor.observe.Symptom.REFUSED;
import static io.hasupervisor.observe.Symptom.UNREACHABLE;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Connects to a target. Channels are used because an interrupt closes them, also while connecting;
 * errors are told apart by their class and never by the text, which the C library translates.
 */
final class Dialer {
  /** The size of {@code sun_path} less its end, unix(7). */
  private static final int LONGEST_PATH = 107;

  private Dialer() {}

  /**
   * Connects to the first address of {@code host} that accepts: {@code localhost} may be served on
   * one of 127.0.0.1 and ::1 only.
   *
   * @throws EarlyAnswer when none does: REFUSED, UNREACHABLE, or inconclusive for a fault of ours
   */
  static SocketChannel tcp(String host, int port) throws EarlyAnswer, IOException {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw EarlyAnswer.failed(UNREACHABLE, "the name " + host + " is not resolved");
    }
    EarlyAnswer last = EarlyAnswer.failed(UNREACHABLE, host + " has no address");
    for (InetAddress address : addresses) {
      String where = "port " + port + " of " + address.getHostAddress();
      try {
        return connect(open(false), new InetSocketAddress(address, port));
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (ConnectException e) {
        last = EarlyAnswer.failed(REFUSED, "nothing listens at " + where);
      } catch (BindException e) {
        last = EarlyAnswer.inconclusive("cannot connect to " + where + ": " + e.getMessage());
      } catch (IOException e) {
        last = EarlyAnswer.failed(UNREACHABLE, "no way to " + where + ": " + e.getMessage());
      }
    }
    throw last;
  }

  /**
   * Connects to a unix stream socket; while its queue of waiting connections is full this blocks.
   *
   * @throws EarlyAnswer NO_SOCKET, REFUSED, or inconclusive for a fault of ours
   */
  static SocketChannel unix(Path path) throws EarlyAnswer, IOException {
    if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw EarlyAnswer.inconclusive(path + " is too long for a socket's path");
    }
    try {
      return connect(open(true), UnixDomainSocketAddress.of(path));
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (ConnectException e) {
      throw EarlyAnswer.failed(REFUSED, "nobody listens at " + path);
    } catch (IOException e) {
      throw Files.notExists(path)
          ? EarlyAnswer.failed(NO_SOCKET, path + " does not exist")
          : EarlyAnswer.inconclusive("cannot connect to " + path + ": " + e.getMessage());
    }
  }

  private static SocketChannel open(boolean unix) throws EarlyAnswer {
    try {
      if (unix) {
        return SocketChannel.open(StandardProtocolFamily.UNIX);
      }
      // Else a TLS request waits 40 ms for the acknowledgement of the handshake's last message.
      return SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      throw EarlyAnswer.inconclusive("no socket could be made: " + e.getMessage());
    }
  }

  private static SocketChannel connect(SocketChannel channel, SocketAddress address)
      throws IOException {
    try {
      channel.connect(address);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
