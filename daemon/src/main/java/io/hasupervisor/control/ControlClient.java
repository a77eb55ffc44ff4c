package io.hasupervisor.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks the daemon; uses nothing but the JDK's sockets, so that commands start fast.
 *
 * @param patience longest time for the whole conversation; the daemon itself gives up after 10 s
 */
public record ControlClient(Path socket, Duration patience) {
  private static final int REPLY_LIMIT = 16 * 1024 * 1024;

  /** A client of the daemon at {@code socket}. */
  public static ControlClient of(Path socket) {
    return new ControlClient(socket, Duration.ofSeconds(15));
  }

  /**
   * Sends {@code request} and waits for the reply.
   *
   * @throws ControlFailure when there is none
   */
  public Reply ask(Request request) throws ControlFailure {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      Thread limit = closeAfterPatience(channel);
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer bytes = ByteBuffer.wrap(Wire.encode(request).getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      String reply = readAll(channel);
      limit.interrupt();
      if (reply.isEmpty()) {
        throw new ControlFailure(
            3, "the daemon hung up without an answer: too many commands at once?");
      }
      return Wire.decodeReply(reply);
    } catch (AsynchronousCloseException e) {
      throw new ControlFailure(
          3,
          "the daemon at "
              + socket
              + " did not answer in "
              + patience.toSeconds()
              + "s; see: journalctl -u ha-supervisor");
    } catch (IOException e) {
      throw failure(e);
    } catch (IllegalArgumentException e) {
      throw new ControlFailure(2, socket + " cannot be a socket: " + e.getMessage());
    }
  }

  /** The JDK's blocking channels know no timeout, but end when they are closed. */
  private Thread closeAfterPatience(SocketChannel channel) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                Thread.sleep(patience);
                channel.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }

  private static String readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
    while (channel.read(buffer.clear()) >= 0) {
      bytes.write(buffer.array(), 0, buffer.position());
      if (bytes.size() > REPLY_LIMIT) {
        throw new IOException("its answer does not end");
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private ControlFailure failure(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Permission denied") || message.contains("Operation not permitted")) {
      return new ControlFailure(
          1,
          "no permission for "
              + socket
              + ": be root (sudo), or a member of group "
              + group()
              + " (usermod -aG "
              + group()
              + " USER, then log in anew)");
    }
    if (Files.notExists(socket) || message.contains("refused")) {
      return new ControlFailure(
          3,
          "the daemon is not running: nobody answers at "
              + socket
              + "; to start it: systemctl start ha-supervisor; its log: journalctl -u"
              + " ha-supervisor");
    }
    return new ControlFailure(3, "cannot speak to the daemon at " + socket + ": " + message);
  }

  private String group() {
    try {
      return String.valueOf(Files.getAttribute(socket, "posix:group"));
    } catch (IOException | UnsupportedOperationException e) {
      return "ha-supervisor";
    }
  }
}
