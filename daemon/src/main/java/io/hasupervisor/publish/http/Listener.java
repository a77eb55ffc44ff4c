package io.hasupervisor.publish.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** One bound address: every request gets one answer and the end of its connection. */
final class Listener implements Door {
  private static final int CONNECTIONS = 32;
  private static final int HEADER_BYTES = 8 * 1024;
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final Pages pages;
  private final WebServer server;

  /** Not bound yet. {@code age}: longest life of a connection. */
  Listener(InetSocketAddress address, Pages pages, Duration age) {
    this.pages = pages;
    Http1Config http =
        Http1Config.builder().maxHeadersSize(HEADER_BYTES).maxPrologueLength(2048).build();
    WebServerConfig.Builder config =
        WebServer.builder()
            .address(address.getAddress())
            .port(address.getPort())
            .protocolsDiscoverServices(false)
            .featuresDiscoverServices(false)
            .shutdownHook(false)
            .addConnectionSelector(new AgedOut(http))
            .maxTcpConnections(CONNECTIONS)
            .maxPayloadSize(0)
            .backlog(CONNECTIONS)
            .shutdownGracePeriod(Duration.ofMillis(500))
            .idleConnectionTimeout(age)
            .idleConnectionPeriod(age.dividedBy(5))
            .connectionOptions(SocketOptions.builder().readTimeout(QUIET).build())
            .directHandlers(directHandlers())
            .routing(HttpRouting.builder().any(this::answer));
    this.server = config.build();
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public boolean running() {
    return server.isRunning();
  }

  @Override
  public int port() {
    return server.port();
  }

  private void answer(ServerRequest request, ServerResponse response) {
    Answer answer = answer(request);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    common(response.headers());
    response.status(answer.code()).header(HeaderNames.CONTENT_TYPE, answer.type());
    if (answer.code() == 405) {
      response.header(HeaderNames.ALLOW, "GET, HEAD");
    }
    if (request.prologue().method().text().equals("HEAD")) {
      response.contentLength(body.length);
      response.send();
    } else {
      response.send(body);
    }
    // The server says "Connection: close" but leaves closing to its idle timeout (Helidon 12324).
    throw new CloseConnectionException("answered");
  }

  private Answer answer(ServerRequest request) {
    String method = request.prologue().method().text();
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    if (!HostRule.allows(host, localAddress(request), port())) {
      return Answer.error(
          421, "ask for localhost:" + port() + ", not for another name of this host");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.error(405, "read-only: GET and HEAD; for commands: ha-supervisor --help");
    }
    return pages.get(
        request.path().path(),
        query(request, "format"),
        query(request, "since"),
        String.join(",", request.headers().values(HeaderNames.ACCEPT)));
  }

  private static String localAddress(ServerRequest request) {
    return request.localPeer().address() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }

  private static Optional<String> query(ServerRequest request, String name) {
    return request.query().contains(name)
        ? Optional.of(request.query().get(name))
        : Optional.empty();
  }

  private static void common(ServerResponseHeaders headers) {
    headers.set(HeaderNames.CACHE_CONTROL, "no-store");
    headers.set(HeaderNames.create("X-Content-Type-Options"), "nosniff");
    headers.set(HeaderNames.CONNECTION, "close");
  }

  /** Requests that are no HTTP get an answer of ours too, which tells nothing of the server. */
  private static DirectHandlers directHandlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, Listener::refuse);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse refuse(
      DirectHandler.TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    common(headers);
    headers.set(HeaderNames.CONTENT_TYPE, "application/json");
    Answer answer = Answer.error(status.code(), status.reasonPhrase());
    return DirectHandler.TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity(answer.body())
        .build();
  }
}
