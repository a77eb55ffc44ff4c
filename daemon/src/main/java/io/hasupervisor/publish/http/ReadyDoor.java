package io.hasupervisor.publish.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hasupervisor.publish.ReadyFeed;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bound address at which strangers may ask for {@code /ready} and nothing else. Written out
 * because checks of load balancers are HTTP/1.0 without a Host header (haproxy's plain {@code
 * option httpchk}), which Helidon refuses with 505, and because the JDK's own server wakes up each
 * second, keeps its limits by the wall clock and reads request lines of any length.
 */
final class ReadyDoor implements Door {
  /** An honest connection is over in milliseconds; beyond so many the oldest is closed. */
  private static final int CONNECTIONS = 64;

  private static final Duration AGE = Duration.ofSeconds(5);
  private static final int HEAD_LIMIT = 8 * 1024;
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?<method>[A-Z]{1,20}) (?<path>/[^ ?\\r\\n]*)(\\?[^ \\r\\n]*)? HTTP/1\\.[01]\\r?\\n");

  private final InetSocketAddress address;
  private final ReadyFeed ready;
  private final Set<Socket> open = new LinkedHashSet<>();
  private volatile Optional<ServerSocket> listener = Optional.empty();

  /** Not bound yet. */
  ReadyDoor(InetSocketAddress address, ReadyFeed ready) {
    this.address = address;
    this.ready = ready;
  }

  @Override
  public void start() {
    try {
      ServerSocket bound = new ServerSocket();
      bound.setReuseAddress(true);
      bound.bind(address, CONNECTIONS);
      listener = Optional.of(bound);
      Thread.ofPlatform().daemon().name("ready " + address).start(() -> accept(bound));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    listener.ifPresent(ReadyDoor::close);
    synchronized (open) {
      open.forEach(ReadyDoor::close);
    }
  }

  @Override
  public boolean running() {
    return listener.filter(it -> !it.isClosed()).isPresent();
  }

  @Override
  public int port() {
    return listener.map(ServerSocket::getLocalPort).orElse(address.getPort());
  }

  private void accept(ServerSocket bound) {
    while (!bound.isClosed()) {
      try {
        Socket client = bound.accept();
        enter(client);
        Thread.ofVirtual().name("ready asked").start(() -> serve(client));
      } catch (IOException e) {
        // Closed at the end, or this host is short of files: then the next one may come through.
        pause(bound);
      }
    }
  }

  private static void pause(ServerSocket bound) {
    try {
      Thread.sleep(bound.isClosed() ? 0 : 100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enter(Socket client) {
    synchronized (open) {
      open.add(client);
      if (open.size() > CONNECTIONS) {
        Socket oldest = open.iterator().next();
        open.remove(oldest);
        close(oldest);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client);
      byte[] answer = written(answer(head), head.startsWith("HEAD ")).getBytes(UTF_8);
      client.getOutputStream().write(answer);
    } catch (IOException e) {
      // It went away, or was too slow.
    } finally {
      synchronized (open) {
        open.remove(client);
      }
    }
  }

  /** All of the request; none of ours has a body. */
  private static String head(Socket client) throws IOException {
    long end = System.nanoTime() + AGE.toNanos();
    InputStream in = client.getInputStream();
    byte[] block = new byte[1024];
    StringBuilder head = new StringBuilder();
    while (head.length() < HEAD_LIMIT && head.indexOf("\r\n\r\n") < 0 && head.indexOf("\n\n") < 0) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        throw new SocketTimeoutException("slow");
      }
      client.setSoTimeout(Math.toIntExact(left));
      int read = in.read(block);
      if (read < 0) {
        throw new EOFException();
      }
      head.append(new String(block, 0, read, ISO_8859_1));
    }
    return head.toString();
  }

  private Answer answer(String head) {
    Matcher request = REQUEST.matcher(head);
    if (!request.lookingAt() || head.length() >= HEAD_LIMIT) {
      return Answer.error(400, "ask: GET /ready");
    }
    if (!request.group("path").equals("/ready")) {
      return Answer.error(404, "nothing but /ready is told here");
    }
    if (!request.group("method").matches("GET|HEAD")) {
      return Answer.error(405, "read-only: GET and HEAD");
    }
    try {
      return Answer.ready(ready.ready());
    } catch (RuntimeException e) {
      return Answer.error(503, "the supervisor is starting");
    }
  }

  private static String written(Answer answer, boolean headOnly) {
    return "HTTP/1.1 "
        + answer.code()
        + switch (answer.code()) {
          case 200 -> " OK";
          case 404 -> " Not Found";
          case 405 -> " Method Not Allowed\r\nAllow: GET, HEAD";
          case 503 -> " Service Unavailable";
          default -> " Bad Request";
        }
        + "\r\nContent-Type: "
        + answer.type()
        + "\r\nContent-Length: "
        + answer.body().getBytes(UTF_8).length
        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff"
        + "\r\nConnection: close\r\n\r\n"
        + (headOnly ? "" : answer.body());
  }

  private static void close(Closeable it) {
    try {
      it.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
