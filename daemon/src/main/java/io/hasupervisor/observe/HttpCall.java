package io.hasupervisor.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Inconclusive;
import io.hasupervisor.observe.CheckResult.Passed;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** One request to a service on the network and its whole answer; redirects are answers. */
public final class HttpCall {
  private final ClientTls tls;
  private final Duration limit;

  /** With these credentials; every call ends within {@code limit}. */
  public HttpCall(HttpCredentials credentials, Duration limit) {
    this.tls = new ClientTls(credentials);
    this.limit = limit;
  }

  /** What came of it. */
  public sealed interface Reply {
    /** Headers in lower case; the first 64 KiB of the body. */
    record Answer(int status, Map<String, String> headers, String body) implements Reply {}

    /** No answer; {@code why} is part of a sentence. */
    record None(String why) implements Reply {}
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
    Thread caller =
        Thread.ofVirtual()
            .name("call of " + uri.getHost())
            .start(() -> reply.complete(call(method, uri, headers, body)));
    if (!caller.join(limit)) {
      caller.interrupt();
    }
    // Looking up a name cannot be interrupted.
    return reply
        .completeOnTimeout(
            new Reply.None("no answer within " + Excerpt.of(limit) + " from " + uri.getHost()),
            1,
            TimeUnit.SECONDS)
        .join();
  }

  private Reply call(String method, URI uri, Map<String, String> headers, String body) {
    boolean secured = "https".equalsIgnoreCase(uri.getScheme());
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    int port = uri.getPort() > 0 ? uri.getPort() : secured ? 443 : 80;
    String doing = "connecting to " + host;
    try (SocketChannel channel = Dialer.tcp(host, port)) {
      doing = "shaking hands for TLS with " + host;
      Optional<SSLSocket> socket =
          secured ? Optional.of(tls.handshake(channel, host)) : Optional.empty();
      doing = "waiting for the answer of " + host;
      HttpGet head =
          HttpGet.send(
              socket.isPresent() ? socket.get().getInputStream() : Channels.newInputStream(channel),
              socket.isPresent()
                  ? socket.get().getOutputStream()
                  : Channels.newOutputStream(channel),
              method,
              uri,
              headers,
              body);
      HttpBody read = new HttpBody(ProbeTarget.OUTPUT_LIMIT);
      read.readFrom(head);
      return new Reply.Answer(head.status(), head.headers(), read.read().toString(UTF_8));
    } catch (EarlyAnswer | IOException | RuntimeException e) {
      return new Reply.None(
          switch (Failures.of(e, doing, limit)) {
            case Failed failed -> failed.detail();
            case Inconclusive inconclusive -> inconclusive.why();
            case Passed _ -> doing;
          });
    }
  }
}
