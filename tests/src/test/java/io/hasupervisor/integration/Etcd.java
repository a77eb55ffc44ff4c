package io.hasupervisor.integration;

import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real etcd, ended with the test; it can be killed, stopped, and started again on its data. */
final class Etcd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/etcd");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpCall CALL = new HttpCall(HttpCredentials.NONE, Duration.ofSeconds(10));

  final String name;

  /** The URL by which a client on the same host asks it. */
  final String client;

  final Path data;
  private final Path log;
  private List<String> flags;
  private Process process;

  private Etcd(Path directory, String name, String client, List<String> flags) throws IOException {
    this.name = name;
    this.client = client;
    this.data = directory.resolve(name);
    this.log = directory.resolve(name + ".log");
    this.flags = flags;
    this.process = run();
  }

  /**
   * Started.
   *
   * @param client where a client on the same host asks it
   */
  static Etcd start(Path directory, String name, String client, List<String> flags)
      throws IOException {
    return new Etcd(directory, name, client, flags);
  }

  /** With the v2 API or not, alone: a discovery service. */
  static Etcd alone(Path directory, boolean v2) throws IOException {
    String peer = url();
    return plain(directory, "alone", peer, v2, "--initial-cluster=alone=" + peer);
  }

  /** A member that finds its cluster by a token. */
  static Etcd member(Path directory, String name, String token) throws IOException {
    return plain(directory, name, url(), true, "--discovery=" + token, "--discovery-fallback=exit");
  }

  private static Etcd plain(
      Path directory, String name, String peer, boolean v2, String... bootstrap)
      throws IOException {
    String client = url();
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--enable-v2=" + v2));
    flags.addAll(List.of(bootstrap));
    return start(directory, name, client, flags);
  }

  private static String url() throws IOException {
    return "http://127.0.0.1:" + Ports.next();
  }

  private Process run() throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      throw new AssertionError(PROGRAM + " is not there: apt-get install etcd-server");
    }
    List<String> argv =
        new ArrayList<>(List.of(PROGRAM.toString(), "--name=" + name, "--data-dir=" + data));
    argv.addAll(flags);
    return new ProcessBuilder(argv)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** SIGKILL; returns when it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** On the data that it has. */
  void startAgain() throws IOException {
    kill();
    process = run();
  }

  /** Killed, without its data, and started with other flags. */
  void startEmpty(List<String> anew) throws IOException {
    wipe();
    flags = List.copyOf(anew);
    process = run();
  }

  /** Killed, and its data gone. */
  void wipe() throws IOException {
    kill();
    delete(data);
  }

  /** SIGSTOP: it is there, and answers nothing. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new AssertionError("kill " + signal + " of " + name + ": " + code);
    }
  }

  List<String> flags() {
    return flags;
  }

  /** What it wrote. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers {@code path} with {@code text}. */
  void says(String path, String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Reply reply = CALL.get(URI.create(client + path));
    while (!(reply instanceof Reply.Answer answer && answer.body().contains(text))) {
      if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new AssertionError(reply + "\n" + log());
      }
      reply = CALL.get(URI.create(client + path));
    }
  }

  /** What {@code path} answers now. */
  String body(String path) throws InterruptedException {
    return CALL.get(URI.create(client + path)) instanceof Reply.Answer answer ? answer.body() : "";
  }

  /** Waits until it has ended by itself, and returns what it wrote. */
  String ended() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("etcd goes on\n" + log());
    }
    return log();
  }

  private static void delete(Path directory) throws IOException {
    var _ =
        Files.walkFileTree(
            directory,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path left, IOException failed)
                  throws IOException {
                Files.delete(left);
                return FileVisitResult.CONTINUE;
              }
            });
  }

  @Override
  public void close() {
    kill();
  }
}
