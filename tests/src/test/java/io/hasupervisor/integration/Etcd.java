package io.hasupervisor.integration;

import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real etcd on loopback, ended with the test. */
final class Etcd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/etcd");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpCall CALL = new HttpCall(HttpCredentials.NONE, Duration.ofSeconds(10));

  final String client;
  private final Process process;
  private final Path log;

  private Etcd(String client, Process process, Path log) {
    this.client = client;
    this.process = process;
    this.log = log;
  }

  /** With the v2 API or not, alone: a discovery service. */
  static Etcd alone(Path directory, boolean v2) throws IOException {
    return start(directory, "alone", peer -> List.of("--initial-cluster=alone=" + peer), v2);
  }

  /** A member that finds its cluster by a token. */
  static Etcd member(Path directory, String name, String token) throws IOException {
    return start(
        directory, name, _ -> List.of("--discovery=" + token, "--discovery-fallback=exit"), true);
  }

  private interface Bootstrap {
    List<String> flags(String peer);
  }

  private static Etcd start(Path directory, String name, Bootstrap bootstrap, boolean v2)
      throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError(PROGRAM + " is not there: apt-get install etcd-server");
    }
    String client = "http://127.0.0.1:" + free();
    String peer = "http://127.0.0.1:" + free();
    List<String> argv =
        new ArrayList<>(
            List.of(
                PROGRAM.toString(),
                "--name=" + name,
                "--data-dir=" + directory.resolve(name),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--enable-v2=" + v2));
    argv.addAll(bootstrap.flags(peer));
    Path log = directory.resolve(name + ".log");
    Process process =
        new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Etcd(client, process, log);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until it answers {@code path} with {@code text}. */
  void says(String path, String text) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Reply reply = CALL.get(URI.create(client + path));
    while (!(reply instanceof Reply.Answer answer && answer.body().contains(text))) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new AssertionError(reply + "\n" + Files.readString(log));
      }
      reply = CALL.get(URI.create(client + path));
    }
  }

  /** What {@code path} answers now. */
  String body(String path) throws InterruptedException {
    return CALL.get(URI.create(client + path)) instanceof Reply.Answer answer ? answer.body() : "";
  }

  /** Waits until it has ended by itself, and returns what it wrote. */
  String ended() throws IOException, InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("etcd goes on\n" + Files.readString(log));
    }
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
