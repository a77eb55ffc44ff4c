package io.hasupervisor.observe.etcd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hasupervisor.observe.FakeServer;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An HTTP server on loopback that answers by the path: peer ports and etcd 2.x. */
final class FakeHttp implements AutoCloseable {
  static final HttpCall CALL = new HttpCall(HttpCredentials.NONE, Duration.ofSeconds(20));

  /** Whole answers by path and query. */
  final Map<String, String> answers = new ConcurrentHashMap<>();

  final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final FakeServer server;

  private FakeHttp() throws IOException {
    FakeServer.Answering answering = this::serve;
    this.server = FakeServer.tcp(answering);
  }

  static FakeHttp start() throws IOException {
    return new FakeHttp();
  }

  /** An etcd 2.3 that is well. */
  static FakeHttp oldMember() throws IOException {
    FakeHttp member = start();
    String headers =
        "X-Etcd-Cluster-Id: c1\r\nX-Etcd-Index: 7\r\nX-Raft-Index: 9\r\nX-Raft-Term: 2\r\n";
    member.answers.put("/version", ok("", "{\"etcdserver\":\"2.3.8\",\"etcdcluster\":\"2.3.0\"}"));
    member.answers.put("/v2/stats/self", ok("", "{\"name\":\"m5\",\"id\":\"fffffffffffffffe\"}"));
    String root = "{\"action\":\"get\",\"node\":{\"dir\":true}}";
    member.answers.put("/v2/keys/", ok(headers, root));
    member.answers.put("/v2/keys/?quorum=true", ok(headers, root));
    member.answers.put(
        "/v2/members",
        ok(
            "X-Etcd-Cluster-Id: c1\r\n",
            "{\"members\":[{\"id\":\"fffffffffffffffe\",\"name\":\"m5\",\"peerURLs\":"
                + "[\"http://10.0.0.5:2380\"],\"clientURLs\":[\"http://10.0.0.5:2379\"]}]}"));
    member.answers.put("/v2/members/leader", ok("", "{\"id\":\"b\",\"name\":\"m11\"}"));
    return member;
  }

  static String ok(String headers, String body) {
    return said("200 OK", headers, body);
  }

  static String said(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void serve(String head, OutputStream out) throws IOException {
    String line = head.lines().findFirst().orElse("");
    String[] words = line.split(" ", -1);
    String path = words.length > 1 ? words[1] : "";
    asked.add(path);
    boolean http2 = line.startsWith("PRI ");
    out.write(
        (http2
                ? said("400 Bad Request", "", "")
                : answers.getOrDefault(path, said("404 Not Found", "", "404 page not found")))
            .getBytes(ISO_8859_1));
  }

  int port() {
    return server.port();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  Endpoint endpoint() {
    return new Endpoint(false, "127.0.0.1", port());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
