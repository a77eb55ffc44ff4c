package io.hasupervisor.observe;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GET for docker-java over a unix socket. Its own transports bring a second HTTP client into memory
 * and keep connections that outlive dockerd.
 *
 * @param open connections of calls that have not ended
 */
record DockerTransport(Path socket, Set<SocketChannel> open) implements DockerHttpClient {
  /** Ample for {@code info} and one container with all its labels; 64 KiB might not be. */
  private static final int BODY_LIMIT = 1024 * 1024;

  DockerTransport(Path socket) {
    this(socket, ConcurrentHashMap.newKeySet());
  }

  @Override
  public Response execute(Request request) {
    try (SocketChannel channel = Dialer.unix(socket)) {
      open.add(channel);
      try {
        HttpGet answer =
            HttpGet.send(
                Channels.newInputStream(channel),
                Channels.newOutputStream(channel),
                URI.create("http://docker" + request.path()),
                request.headers());
        HttpBody body = new HttpBody(BODY_LIMIT);
        body.readFrom(answer);
        return new Answer(answer, body);
      } finally {
        open.remove(channel);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EarlyAnswer e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends all calls, which then fail. */
  @Override
  public void close() {
    for (SocketChannel channel : open) {
      try {
        channel.close();
      } catch (IOException _) {
        // Its call ends all the same.
      }
    }
  }

  private record Answer(HttpGet answer, HttpBody body) implements Response {
    @Override
    public int getStatusCode() {
      return answer.status();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
      return headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body.read().toByteArray());
    }

    @Override
    public void close() {}
  }
}
