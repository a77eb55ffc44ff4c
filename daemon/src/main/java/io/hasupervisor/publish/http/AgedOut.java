package io.hasupervisor.publish.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * HTTP/1.1 connections that are closed by age: the server's idle timeout sees a connection's age as
 * its idle time, so that a client cannot hold one open by sending a byte now and then. A connection
 * serves one request, so no age is lost to honest ones.
 */
final class AgedOut implements ServerConnectionSelector {
  private final ServerConnectionSelector http;

  AgedOut(Http1Config config) {
    this.http = Http1ConnectionSelector.builder().config(config).build();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Aging(http.connection(context), System.nanoTime());
  }

  private record Aging(ServerConnection http, long bornNanos) implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      http.handle(limit);
    }

    @Override
    @SuppressWarnings("removal")
    public void handle(Semaphore semaphore) throws InterruptedException {
      http.handle(semaphore);
    }

    @Override
    public Duration idleTime() {
      return Duration.ofNanos(System.nanoTime() - bornNanos);
    }

    /** By interrupt always: waiting for the request to end is what a slow client wants. */
    @Override
    public void close(boolean interrupt) {
      http.close(true);
    }
  }
}
