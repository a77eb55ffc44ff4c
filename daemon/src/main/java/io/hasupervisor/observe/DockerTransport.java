package io.hasupervisor.observe;

import com.github.dockerjava.transport.DockerHttpClient;
import io.helidon.http.Header;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * GET for docker-java over a unix socket. Its own transports bring a second HTTP client into memory
 * and keep connections that outlive dockerd.
 */
record DockerTransport(Path socket) implements DockerHttpClient {
  /** Ample for {@code info} and one container with all its labels; 64 KiB might not be. */
  private static final int BODY_LIMIT = 1024 * 1024;

  @Override
  public Response execute(Request request) {
    HttpConnection connection;
    try {
      connection = HttpConnection.plain(Dialer.unix(socket));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EarlyAnswer e) {
      throw new IllegalStateException(e);
    }
    try {
      return new Answer(
          connection,
          HttpGet.send(
              connection, URI.create("http://docker" + request.path()), request.headers()));
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() {}

  private record Answer(HttpConnection connection, Http1ClientResponse answer) implements Response {
    @Override
    public int getStatusCode() {
      return answer.status().code();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (Header header : answer.headers()) {
        headers.put(header.name(), header.allValues());
      }
      return headers;
    }

    @Override
    public InputStream getBody() {
      return HttpGet.body(answer, BODY_LIMIT);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
