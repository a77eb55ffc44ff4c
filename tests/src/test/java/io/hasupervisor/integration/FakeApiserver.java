package io.hasupervisor.integration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hasupervisor.host.tls.ClientKeys;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.host.tls.TrustAll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A server with TLS that says who it is, and on {@code /readyz} what it is told to say. */
final class FakeApiserver implements AutoCloseable {
  private static final int LIMIT_MILLIS = 5000;

  /** Requests other than those of health checks. */
  final AtomicInteger served = new AtomicInteger();

  volatile int readyz = 200;
  private final String name;
  private final HttpsServer server;

  private FakeApiserver(String name, HttpsServer server) {
    this.name = name;
    this.server = server;
  }

  static FakeApiserver start(Credentials made, String name, String address, int port)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        ClientKeys.of(
            PemCertificates.parse(Files.readAllBytes(made.of(name, "apiserver.crt"))),
            PemKey.parse(Files.readAllBytes(made.of(name, "apiserver.key")))),
        null,
        null);
    HttpsServer server = HttpsServer.create(new InetSocketAddress(address, port), 50);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    FakeApiserver apiserver = new FakeApiserver(name, server);
    server.createContext("/", apiserver::answer);
    server.start();
    return apiserver;
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean check = exchange.getRequestURI().getPath().equals("/readyz");
    if (!check) {
      served.incrementAndGet();
    }
    byte[] body = name.getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(check ? readyz : 200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  /** A client's connection through {@code port} of this host, with TLS. */
  static Socket connect(int port) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    Socket plain = new Socket();
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    plain.setSoTimeout(LIMIT_MILLIS);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
    socket.startHandshake();
    return socket;
  }

  /** One request over a connection of its own: who served it. */
  static String ask(int port) throws IOException, GeneralSecurityException {
    try (Socket socket = connect(port)) {
      return ask(socket, "close");
    }
  }

  /** One request over a connection that stays: who served it. */
  static String ask(Socket socket, String connection) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET /api HTTP/1.1\r\nHost: x\r\nConnection: " + connection + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\nm") < 0 || answer.length() < answer.indexOf("\r\n\r\nm") + 6) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("closed after: " + answer);
      }
      answer.append((char) next);
    }
    return answer.substring(answer.length() - 2);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
