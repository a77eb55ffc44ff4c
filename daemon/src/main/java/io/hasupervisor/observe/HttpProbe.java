package io.hasupervisor.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Passed;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** Whether an HTTP answer has an expected status and body, over TCP, TLS or a unix socket. */
final class HttpProbe implements Probe {
  private final ProbeTarget.Http target;
  private final String where;
  private final ClientTls tls;

  HttpProbe(ProbeTarget.Http target) {
    this.target = target;
    URI uri = target.uri();
    this.where = target.socket().map(path -> path + " " + uri.getRawPath()).orElse(uri.toString());
    this.tls = new ClientTls(target.credentials());
  }

  @Override
  public CheckResult check(Duration deadline) {
    long begun = System.nanoTime();
    String doing = "connecting for " + where;
    try {
      Optional<String> token = BearerToken.read(target.credentials().bearerTokenFile());
      try (SocketChannel channel = dial()) {
        doing = "shaking hands for TLS with " + where;
        Optional<SSLSocket> socket =
            secured() ? Optional.of(tls.handshake(channel, host())) : Optional.empty();
        doing = "waiting for the answer of " + where;
        HttpGet answer =
            HttpGet.send(
                socket.isPresent()
                    ? socket.get().getInputStream()
                    : Channels.newInputStream(channel),
                socket.isPresent()
                    ? socket.get().getOutputStream()
                    : Channels.newOutputStream(channel),
                target.uri(),
                BearerToken.header(token));
        doing = "reading the body of " + where;
        return judge(answer, token, begun);
      }
    } catch (EarlyAnswer | IOException | RuntimeException e) {
      return Failures.of(e, doing, deadline);
    }
  }

  private SocketChannel dial() throws EarlyAnswer, IOException {
    URI uri = target.uri();
    int port = uri.getPort() > 0 ? uri.getPort() : secured() ? 443 : 80;
    return target.socket().isPresent()
        ? Dialer.unix(target.socket().get())
        : Dialer.tcp(host(), port);
  }

  private boolean secured() {
    return "https".equalsIgnoreCase(target.uri().getScheme());
  }

  /** Without the brackets that a URI puts around an IPv6 address. */
  private String host() {
    return Addresses.ofUrl(target.uri().getHost());
  }

  private CheckResult judge(HttpGet answer, Optional<String> token, long begun)
      throws EarlyAnswer, IOException {
    boolean accepted = target.statuses().contains(answer.status());
    HttpBody body = new HttpBody(ProbeTarget.OUTPUT_LIMIT);
    try {
      body.readFrom(answer);
    } catch (EarlyAnswer | IOException e) {
      // A wrong status is the better news than a body that does not come to its end.
      if (accepted) {
        throw e;
      }
    }
    String text = body.read().toString(UTF_8);
    String said = Excerpt.of(BearerToken.masked(token, text));
    String detail = "status " + answer.status() + (said.isEmpty() ? "" : ": " + said);
    if (!accepted) {
      return new Failed(Symptom.BAD_STATUS, detail);
    }
    if (target.bodyContains().isPresent() && !text.contains(target.bodyContains().get())) {
      return new Failed(
          Symptom.BAD_BODY, "\"" + target.bodyContains().get() + "\" is not in: " + said);
    }
    return new Passed(Duration.ofNanos(System.nanoTime() - begun), detail);
  }
}
