package io.hasupervisor.observe;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.NioSocket;
import io.helidon.common.socket.TlsSocket;
import io.helidon.webclient.api.ClientConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/**
 * A connected channel for one request of Helidon's client. Helidon's own connections block in ways
 * that an interrupt of a platform thread does not end, and stay open after a garbled answer.
 */
final class HttpConnection implements ClientConnection, AutoCloseable {
  private final SocketChannel channel;
  private final HelidonSocket socket;
  private final DataReader reader;
  private final DataWriter writer;

  private HttpConnection(SocketChannel channel, HelidonSocket socket) {
    this.channel = channel;
    this.socket = socket;
    this.reader = DataReader.create(socket);
    this.writer = new Direct(socket);
  }

  static HttpConnection plain(SocketChannel connected) {
    return new HttpConnection(connected, NioSocket.client(connected, "probe"));
  }

  static HttpConnection secured(SocketChannel connected, SSLSocket shaken) {
    return new HttpConnection(connected, TlsSocket.client(shaken, "probe"));
  }

  @Override
  public DataReader reader() {
    return reader;
  }

  @Override
  public DataWriter writer() {
    return writer;
  }

  @Override
  public String channelId() {
    return "probe";
  }

  @Override
  public HelidonSocket helidonSocket() {
    return socket;
  }

  /** Ignored: the deadline is for the whole check and comes as an interrupt. */
  @Override
  public void readTimeout(Duration readTimeout) {}

  @Override
  public void closeResource() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closeResource();
  }

  /** Writes at once: the only request is smaller than a buffer. */
  private record Direct(HelidonSocket socket) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      for (BufferData buffer : buffers) {
        write(buffer);
      }
    }

    @Override
    public void write(BufferData buffer) {
      socket.write(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      write(buffers);
    }

    @Override
    public void writeNow(BufferData buffer) {
      write(buffer);
    }
  }
}
