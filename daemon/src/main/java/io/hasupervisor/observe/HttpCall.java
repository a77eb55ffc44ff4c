package io.hasupervisor.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One request to a service on the network and its whole answer; redirects are answers. */
public final class HttpCall {
  private final ClientTls tls;
  private final Optional<Path> tokenFile;
  private final Duration limit;
  private final int longest;
  private final Optional<Consumer<Shown>> doubting;

  /**
   * With these credentials; every call ends within {@code limit}. A bearer token is sent over TLS
   * only.
   */
  public HttpCall(HttpCredentials credentials, Duration limit) {
    this(
        new ClientTls(credentials),
        credentials.bearerTokenFile(),
        limit,
        ProbeTarget.OUTPUT_LIMIT,
        Optional.empty());
  }

  private HttpCall(
      ClientTls tls,
      Optional<Path> tokenFile,
      Duration limit,
      int longest,
      Optional<Consumer<Shown>> doubting) {
    this.tls = tls;
    this.tokenFile = tokenFile;
    this.limit = limit;
    this.longest = longest;
    this.doubting = doubting;
  }

  /**
   * The same with other limits.
   *
   * @param longest bytes of a body that are read
   */
  public HttpCall within(Duration limit, int longest) {
    return new HttpCall(tls, tokenFile, limit, longest, doubting);
  }

  /**
   * The same, but a server that is not trusted is asked all the same, without the bearer token.
   *
   * @param told hears, in another thread, what each server shows of itself
   */
  public HttpCall doubting(Consumer<Shown> told) {
    return new HttpCall(tls, Optional.empty(), limit, longest, Optional.of(told));
  }

  /** What came of it. */
  public sealed interface Reply {
    /**
     * Headers in lower case; the body up to the limit, 64 KiB unless set.
     *
     * @param certificate shown by the server; empty without TLS
     */
    record Answer(
        int status, Map<String, String> headers, String body, Optional<X509Certificate> certificate)
        implements Reply {}

    /**
     * No answer; {@code why} is part of a sentence.
     *
     * @param symptom empty where this host is at fault
     * @param connected whether the server had accepted the connection
     */
    record None(Optional<Symptom> symptom, boolean connected, String why) implements Reply {}
  }

  /** GET. */
  public Reply get(URI uri) throws InterruptedException {
    return within("GET", uri, Map.of(), "");
  }

  /** PUT of a form's fields, percent-encoded. */
  public Reply put(URI uri, String form) throws InterruptedException {
    return within(
        "PUT",
        uri,
        Map.of(
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Content-Length",
            Integer.toString(form.length())),
        form);
  }

  private Reply within(String method, URI uri, Map<String, String> headers, String body)
      throws InterruptedException {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    // Not virtual: to look up a name blocks the carrier of all virtual threads.
    Thread caller =
        Thread.ofPlatform()
            .daemon()
            .name("call of " + uri.getHost())
            .start(() -> reply.complete(call(method, uri, headers, body)));
    try {
      if (!caller.join(limit)) {
        caller.interrupt();
      }
    } catch (InterruptedException e) {
      caller.interrupt();
      throw e;
    }
    // Looking up a name cannot be interrupted.
    return reply
        .completeOnTimeout(
            new Reply.None(
                Optional.of(Symptom.TIMED_OUT),
                false,
                "no answer within " + Excerpt.of(limit) + " from " + uri.getHost()),
            1,
            TimeUnit.SECONDS)
        .join();
  }

  private Reply call(String method, URI uri, Map<String, String> headers, String body) {
    boolean secured = "https".equalsIgnoreCase(uri.getScheme());
    String host = Addresses.ofUrl(uri.getHost());
    int port = uri.getPort() > 0 ? uri.getPort() : secured ? 443 : 80;
    String doing = "connecting to " + host;
    boolean connected = false;
    try {
      Optional<String> token = secured ? BearerToken.read(tokenFile) : Optional.empty();
      try (SocketChannel channel = Dialer.tcp(host, port)) {
        connected = true;
        doing = "shaking hands for TLS with " + host;
        Optional<SSLSocket> socket =
            secured ? Optional.of(handshake(channel, host)) : Optional.empty();
        doing = "waiting for the answer of " + host;
        HttpGet head =
            HttpGet.send(
                socket.isPresent()
                    ? socket.get().getInputStream()
                    : Channels.newInputStream(channel),
                socket.isPresent()
                    ? socket.get().getOutputStream()
                    : Channels.newOutputStream(channel),
                method,
                uri,
                with(token, headers),
                body);
        HttpBody read = new HttpBody(longest);
        read.readFrom(head);
        String text = read.read().toString(UTF_8);
        return new Reply.Answer(
            head.status(),
            head.headers(),
            BearerToken.masked(token, text),
            socket.flatMap(HttpCall::certificate));
      }
    } catch (EarlyAnswer | IOException | RuntimeException e) {
      return none(Failures.of(e, doing, limit), connected, doing);
    }
  }

  private SSLSocket handshake(SocketChannel channel, String host) throws EarlyAnswer, IOException {
    return doubting.isPresent()
        ? tls.doubtful(channel, host, doubting.get())
        : tls.handshake(channel, host);
  }

  static Reply.None none(CheckResult result, boolean connected, String doing) {
    return switch (result) {
      case Failed it -> new Reply.None(Optional.of(it.symptom()), connected, it.detail());
      case Inconclusive it -> new Reply.None(Optional.empty(), connected, it.why());
      case Passed _ -> new Reply.None(Optional.empty(), connected, doing);
    };
  }

  private static Map<String, String> with(Optional<String> token, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(BearerToken.header(token));
    return all;
  }

  private static Optional<X509Certificate> certificate(SSLSocket socket) {
    try {
      return socket.getSession().getPeerCertificates()[0] instanceof X509Certificate leaf
          ? Optional.of(leaf)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }
}
