package io.hasupervisor.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.observe.HttpCall.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection over which one question after another is asked, for as long as the server leaves it
 * open: with client certificates a question every ten seconds for ever would else cost as many
 * handshakes. It proves nothing of whether the server accepts; that is {@link HttpCall}'s to ask.
 * In one thread at a time, whose interrupt ends a question.
 */
public final class HttpLine implements AutoCloseable {
  private final URI server;
  private final Optional<SSLContext> tls;
  private final Map<String, String> headers;
  private final Optional<String> token;
  private volatile Optional<Open> open = Optional.empty();

  /**
   * Connects at the first question.
   *
   * @param server its path is left out; https needs {@code tls}
   * @param token sent as bearer token, over TLS only
   */
  public HttpLine(URI server, Optional<SSLContext> tls, Optional<String> token) {
    this.server = server;
    this.tls = tls;
    this.token = token.filter(_ -> secured());
    headers = new TreeMap<>(Map.of(HttpGet.CONNECTION, "keep-alive", "Accept", "application/json"));
    headers.putAll(BearerToken.header(this.token));
  }

  private record Open(Closeable channel, InputStream in, OutputStream out) {}

  /**
   * GET; a connection that the server has closed meanwhile is made anew once.
   *
   * @param path with a slash at its beginning
   * @param longest bytes of a body that are read
   */
  public Reply get(String path, int longest) {
    boolean kept = open.isPresent();
    Reply reply = ask(server.resolve(path), longest);
    boolean closed =
        reply instanceof Reply.None none && !none.symptom().equals(Optional.of(Symptom.TIMED_OUT));
    return kept && closed ? ask(server.resolve(path), longest) : reply;
  }

  private Reply ask(URI uri, int longest) {
    long begun = System.nanoTime();
    String host = Addresses.ofUrl(server.getHost());
    String doing = "connecting to " + host;
    boolean connected = open.isPresent();
    boolean keep = false;
    try {
      if (!connected) {
        int port = server.getPort() > 0 ? server.getPort() : secured() ? 443 : 80;
        SocketChannel channel = Dialer.tcp(host, port);
        connected = true;
        doing = "shaking hands for TLS with " + host;
        open = Optional.of(opened(channel, host));
      }
      doing = "waiting for the answer of " + host;
      Open line = open.orElseThrow();
      HttpGet head = HttpGet.send(line.in(), line.out(), "GET", uri, headers, "");
      HttpBody body = new HttpBody(longest);
      body.readFrom(head);
      keep = !"close".equalsIgnoreCase(head.headers().get("connection")) && body.ended(head);
      String text = body.read().toString(UTF_8);
      return new Reply.Answer(
          head.status(), head.headers(), BearerToken.masked(token, text), Optional.empty());
    } catch (EarlyAnswer | IOException | RuntimeException e) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      return HttpCall.none(Failures.of(e, doing, took), connected, doing);
    } finally {
      if (!keep) {
        close();
      }
    }
  }

  private Open opened(SocketChannel channel, String host) throws EarlyAnswer, IOException {
    try {
      if (!secured()) {
        return new Open(
            channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
      }
      SSLContext context =
          tls.orElseThrow(() -> EarlyAnswer.inconclusive("there is no authority to believe"));
      SSLSocket socket = ClientTls.handshake(context, channel, host, "HTTPS");
      return new Open(channel, socket.getInputStream(), socket.getOutputStream());
    } catch (EarlyAnswer | IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private boolean secured() {
    return "https".equalsIgnoreCase(server.getScheme());
  }

  /** Ends the connection; the next question makes another. */
  @Override
  public void close() {
    Optional<Open> ending = open;
    open = Optional.empty();
    ending.ifPresent(
        it -> {
          try {
            it.channel().close();
          } catch (IOException e) {
            // It is gone then.
          }
        });
  }
}
