package io.hasupervisor.observe.leader;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hasupervisor.observe.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Answers one question after another over a connection, as an apiserver does.
 *
 * @param answer path to status and body, with a space between
 * @param most answers over one connection, which is closed then without a word
 * @param chunked whether bodies come in chunks, as large ones do
 */
record FakeApiserver(
    UnaryOperator<String> answer, int most, boolean chunked, AtomicInteger connections)
    implements FakeServer.Session {

  static FakeApiserver of(UnaryOperator<String> answer) {
    return new FakeApiserver(answer, Integer.MAX_VALUE, false, new AtomicInteger());
  }

  static FakeApiserver modern() {
    return of(path -> path.contains("/leases/") ? "200 " + Records.LEASE : "403 no");
  }

  static FakeApiserver old() {
    return of(
        path ->
            path.contains("/endpoints/") ? "200 " + Records.ENDPOINTS : "404 " + Records.NO_PATH);
  }

  FakeApiserver closingAfter(int answers) {
    return new FakeApiserver(answer, answers, chunked, connections);
  }

  FakeApiserver inChunks() {
    return new FakeApiserver(answer, most, true, connections);
  }

  @Override
  public void serve(InputStream in, OutputStream out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void serve(String head, InputStream in, OutputStream out) throws IOException {
    connections.incrementAndGet();
    String next = head;
    for (int i = 0; i < most && next.startsWith("GET "); i++) {
      String said = answer.apply(next.split(" ", -1)[1]);
      byte[] body = said.substring(4).getBytes(UTF_8);
      String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length;
      out.write(
          ("HTTP/1.1 "
                  + said.substring(0, 3)
                  + " x\r\nContent-Type: application/json\r\n"
                  + length
                  + "\r\n\r\n")
              .getBytes(UTF_8));
      if (chunked) {
        out.write((Integer.toHexString(body.length) + "\r\n").getBytes(UTF_8));
      }
      out.write(body);
      if (chunked) {
        out.write("\r\n0\r\nTrailer: x\r\n\r\n".getBytes(UTF_8));
      }
      out.flush();
      if (i + 1 < most) {
        next = head(in);
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.append((char) c);
      if (head.indexOf("\r\n\r\n") >= 0) {
        return head.toString();
      }
    }
    return "";
  }
}
