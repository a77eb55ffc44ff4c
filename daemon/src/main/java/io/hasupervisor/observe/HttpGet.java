package io.hasupervisor.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request over a connection of its own (RFC 9112), unless its headers say otherwise. Written
 * out because a check is made for ever: Helidon's client took twice the processor time, and its
 * connections block where an interrupt does not reach. A connection kept for the next check would
 * prove nothing about accepting, and would fail once after each restart of the target. Redirects
 * are answers like any other.
 *
 * @param headers names in lower case
 */
record HttpGet(int status, Map<String, String> headers, InputStream in) {
  /** Most of status line and headers. */
  private static final int HEAD_LIMIT = 16 * 1024;

  private static final int INTERIM_LIMIT = 10;

  /** The header that says whether a connection is kept. */
  static final String CONNECTION = "Connection";

  /**
   * Sends the request and reads status and headers of the answer.
   *
   * @throws EarlyAnswer GARBAGE when the answer is not HTTP
   * @throws EOFException when the connection ends first
   */
  static HttpGet send(InputStream in, OutputStream out, URI uri, Map<String, String> headers)
      throws EarlyAnswer, IOException {
    return send(in, out, "GET", uri, headers, "");
  }

  /** As the other, with another method and a body in ASCII that {@code headers} tell of. */
  static HttpGet send(
      InputStream in,
      OutputStream out,
      String method,
      URI uri,
      Map<String, String> headers,
      String body)
      throws EarlyAnswer, IOException {
    StringBuilder request = new StringBuilder(256);
    String path = uri.getRawPath();
    request.append(method).append(' ').append(path.isEmpty() ? "/" : path);
    if (uri.getRawQuery() != null) {
      request.append('?').append(uri.getRawQuery());
    }
    request.append(" HTTP/1.1\r\nHost: ").append(uri.getHost());
    if (uri.getPort() > 0) {
      request.append(':').append(uri.getPort());
    }
    request.append("\r\nUser-Agent: ha-supervisor\r\n");
    if (!headers.containsKey(CONNECTION)) {
      request.append(CONNECTION).append(": close\r\n");
    }
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    out.write(request.append("\r\n").append(body).toString().getBytes(ISO_8859_1));
    out.flush();
    InputStream answer = new BufferedInputStream(in, 2048);
    HttpGet head = head(answer);
    for (int interim = 0; head.status / 100 == 1 && interim < INTERIM_LIMIT; interim++) {
      head = head(answer);
    }
    return head;
  }

  private static HttpGet head(InputStream in) throws EarlyAnswer, IOException {
    String statusLine = line(in, HEAD_LIMIT);
    if (!statusLine.matches("HTTP/1\\.[01] [1-9][0-9][0-9]( .*)?")) {
      throw garbage("the answer is not HTTP: " + Excerpt.of(statusLine));
    }
    Map<String, String> headers = new TreeMap<>();
    int left = HEAD_LIMIT - statusLine.length();
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw garbage("a header that is none: " + Excerpt.of(line));
      }
      headers.put(
          line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
      left -= line.length() + 2;
    }
    return new HttpGet(Integer.parseInt(statusLine.substring(9, 12)), headers, in);
  }

  /** The next line without its end, which may lack the carriage return. */
  static String line(InputStream in, int limit) throws EarlyAnswer, IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (line.length() >= limit) {
        throw garbage("status line and headers that do not end: " + Excerpt.of(line.toString()));
      }
      line.append((char) c);
    }
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  static EarlyAnswer garbage(String detail) {
    return EarlyAnswer.failed(Symptom.GARBAGE, detail);
  }
}
