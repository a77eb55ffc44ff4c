package io.hasupervisor.observe;

import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;

/**
 * One GET over a connection of its own, closed after the answer: a kept one would prove nothing
 * about the target's accepting, would fail once after each restart of the target, and saves less
 * than a tenth of a millisecond on this host. Redirects are answers like any other.
 */
final class HttpGet {
  /** Most of status line and headers; a target that sends more sends garbage. */
  private static final int HEADER_LIMIT = 16 * 1024;

  private HttpGet() {}

  /** Made at the first request: most of a client's cost is in loading its classes. */
  private static final class Client {
    private static final Http1Client SHARED =
        Http1Client.builder()
            .followRedirects(false)
            .keepAlive(false)
            .proxy(Proxy.noProxy())
            .servicesDiscoverServices(false)
            .shareConnectionCache(false)
            .protocolConfig(protocol -> protocol.maxHeaderSize(HEADER_LIMIT))
            .build();
  }

  /**
   * Sends the request and reads the answer's status and headers; the caller closes the connection.
   */
  static Http1ClientResponse send(HttpConnection connection, URI uri, Map<String, String> headers) {
    Http1ClientRequest request =
        Client.SHARED.get().skipUriEncoding(true).uri(uri).connection(connection);
    request.header(HeaderNames.USER_AGENT, "ha-supervisor");
    headers.forEach((name, value) -> request.header(HeaderNames.create(name), value));
    return request.request();
  }

  /** The body as it comes, ending after {@code limit} bytes; empty if there is none. */
  static InputStream body(Http1ClientResponse answer, int limit) {
    return new Bounded(answer.inputStream(), limit);
  }

  /** A stream that ends at a limit. */
  private static final class Bounded extends InputStream {
    private final InputStream in;
    private int left;

    Bounded(InputStream in, int limit) {
      this.in = in;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(into, offset, Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
