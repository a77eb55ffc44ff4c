package io.hasupervisor.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A real server, on loopback or a unix socket, that treats every connection as it is told. */
public final class FakeServer implements Closeable {

  /** How one connection is treated; it is closed afterwards. */
  public interface Session {
    void serve(InputStream in, OutputStream out) throws IOException, InterruptedException;

    /** The same, knowing the head of the request. */
    default void serve(String head, InputStream in, OutputStream out)
        throws IOException, InterruptedException {
      serve(in, out);
    }
  }

  /** Answers by the head of the request. */
  public interface Answering extends Session {
    void answer(String head, OutputStream out) throws IOException;

    @Override
    default void serve(InputStream in, OutputStream out) {
      throw new UnsupportedOperationException();
    }

    @Override
    default void serve(String head, InputStream in, OutputStream out) throws IOException {
      answer(head, out);
    }
  }

  private interface Accepting {
    Closeable accept() throws IOException;
  }

  private static final int TLS_HANDSHAKE = 0x16;

  private final Closeable listener;
  private final int port;
  private final Thread accepting;
  public final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  private FakeServer(Closeable listener, int port, Accepting accepting, Session session) {
    this.listener = listener;
    this.port = port;
    // Not a virtual thread: closing the listener would then not refuse at once.
    this.accepting = Thread.ofPlatform().daemon().start(() -> run(accepting, session));
  }

  public static FakeServer tcp(Session session) throws IOException {
    return over(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), session);
  }

  public static FakeServer over(ServerSocket socket, Session session) {
    return new FakeServer(socket, socket.getLocalPort(), socket::accept, session);
  }

  static FakeServer unix(Path path, Session session) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    return new FakeServer(channel, 0, channel::accept, session);
  }

  /** Sends this once the head of the request has come. */
  public static Session answer(String raw) {
    return (_, out) -> out.write(raw.getBytes(ISO_8859_1));
  }

  /**
   * The same, leaving it to the client to close: what it has sent and nobody read resets nothing.
   */
  public static Session answerAndWait(String raw) {
    return (in, out) -> {
      out.write(raw.getBytes(ISO_8859_1));
      out.flush();
      hang(in, out);
    };
  }

  /** An answer with status, length and body. */
  public static Session answer(int status, String body) {
    return answer(
        "HTTP/1.1 " + status + " Said\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
  }

  /** Says nothing until the client has gone. */
  public static void hang(InputStream in, OutputStream out) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Sends {@code first} and then a byte each 20 ms for ever. */
  static Session dribble(String first) {
    return (_, out) -> {
      out.write(first.getBytes(ISO_8859_1));
      while (true) {
        out.write('a');
        out.flush();
        boolean _ = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      }
    };
  }

  /** Sends {@code first} and then bytes as fast as they are taken, for ever. */
  public static Session flood(String first) {
    return (_, out) -> {
      out.write(first.getBytes(ISO_8859_1));
      byte[] block = "a".repeat(8192).getBytes(ISO_8859_1);
      while (true) {
        out.write(block);
      }
    };
  }

  /** A unix socket whose queue of waiting connections is full. */
  static Closeable withFullQueue(Path path) throws IOException {
    List<Closeable> all = new ArrayList<>();
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path), 1);
    all.add(channel);
    boolean full = false;
    while (!full) {
      SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
      all.add(client);
      client.configureBlocking(false);
      try {
        full = !client.connect(UnixDomainSocketAddress.of(path));
      } catch (SocketException e) {
        full = true;
      }
    }
    return () -> {
      for (Closeable one : all) {
        one.close();
      }
    };
  }

  public int port() {
    return port;
  }

  private void run(Accepting accepting, Session session) {
    try {
      while (true) {
        Closeable client = accepting.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client, session));
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  private void serve(Closeable client, Session session) {
    try (client) {
      InputStream in =
          client instanceof Socket socket
              ? socket.getInputStream()
              : Channels.newInputStream((SocketChannel) client);
      OutputStream out =
          client instanceof Socket socket
              ? socket.getOutputStream()
              : Channels.newOutputStream((SocketChannel) client);
      String head = head(in);
      requests.add(head);
      session.serve(head, in, out);
    } catch (IOException | InterruptedException e) {
      // The client has gone: that is its right.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0 || c == TLS_HANDSHAKE) {
        break;
      }
      head.append((char) c);
    }
    return head.toString();
  }

  /**
   * Refuses from now on. A thread that is still in {@code accept} keeps the listening socket open
   * and may take one more connection: its end is waited for.
   */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
