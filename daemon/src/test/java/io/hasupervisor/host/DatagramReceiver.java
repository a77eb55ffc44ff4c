package io.hasupervisor.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;

/** The other end of a datagram socket: what has been sent is there to be taken at once. */
public final class DatagramReceiver implements AutoCloseable {
  private final UnixDatagramChannel channel;

  private DatagramReceiver(UnixDatagramChannel channel) {
    this.channel = channel;
  }

  /** Binds a path, or an abstract name that begins with a zero character. */
  public static DatagramReceiver bind(String path) throws IOException {
    UnixDatagramChannel channel = UnixDatagramChannel.open();
    channel.bind(new UnixSocketAddress(path));
    channel.configureBlocking(false);
    return new DatagramReceiver(channel);
  }

  /** The oldest datagram, byte for character. */
  public Optional<String> poll() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(256 * 1024);
    try {
      channel.receive(buffer);
    } catch (IOException e) {
      return Optional.empty();
    }
    buffer.flip();
    return buffer.hasRemaining()
        ? Optional.of(StandardCharsets.ISO_8859_1.decode(buffer).toString())
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
