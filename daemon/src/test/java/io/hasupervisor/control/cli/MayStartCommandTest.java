package io.hasupervisor.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.ControlServer;
import io.hasupervisor.control.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears: a no only where the running daemon says one. */
@Timeout(60)
final class MayStartCommandTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path socket() {
    return directory.resolve("control.sock");
  }

  private int mayStart(String... more) {
    List<String> all =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of("may-start", "docker", "--socket", socket().toString()),
                java.util.Arrays.stream(more))
            .toList();
    return Commands.create(
            (_, _, _) -> 78, (_, _, _) -> 78, new Terminal(false, Map.of(), () -> false), List.of())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private int answered(Reply reply) throws IOException {
    try (ControlServer _ =
        ControlServer.start(
            socket(), "no-such-group", (_, _) -> CompletableFuture.completedFuture(reply))) {
      return mayStart();
    }
  }

  private void letThrough(String why, int exit) {
    assertEquals(0, exit, err.toString());
    assertEquals("", out.toString());
    String said = err.toString();
    assertTrue(
        said.startsWith("ha-supervisor: docker may start, for nobody says no: ")
            && said.contains(why),
        said);
  }

  @Test
  void aYesIsAYes() throws Exception {
    assertEquals(0, answered(Reply.done("docker may start: this host is no master")));
    assertEquals("docker may start: this host is no master\n", out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void aNoSkipsTheStartAndSaysWhyInTheJournal() throws Exception {
    assertEquals(75, answered(new Reply(Reply.NO, "docker may not start now (LOCK_HELD: x)")));
    assertEquals("ha-supervisor: docker may not start now (LOCK_HELD: x)\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void aServiceThatIsNotSupervisedMayStart() throws Exception {
    letThrough("docker is not supervised", answered(Reply.unknown("docker is not supervised")));
  }

  @Test
  void anErrorOfTheDaemonIsNoNo() throws Exception {
    letThrough("the daemon failed", answered(Reply.refused("the daemon failed at this")));
  }

  @Test
  void withoutADaemonItMayStart() throws Exception {
    letThrough("the daemon is not running", mayStart());
    Files.createFile(socket());
    err.getBuffer().setLength(0);
    letThrough("the daemon", mayStart());
  }

  @Test
  void aDaemonThatHangsIsNotWaitedForLongerThanSaid() throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket()));
      letThrough("did not answer in 1s", mayStart("--max-wait", "1s"));
    }
  }

  @Test
  void anAnswerThatIsNoneIsNoNo() throws Exception {
    for (String answer : List.of("", "75\n", "{\"exit\":75}\n", "{\"exit\":\"no\",\"body\":1}")) {
      Files.deleteIfExists(socket());
      err.getBuffer().setLength(0);
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket()));
        Thread.ofVirtual().start(() -> answer(server, answer));
        letThrough("", mayStart("--max-wait", "5s"));
      }
    }
  }

  private static void answer(ServerSocketChannel server, String answer) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(4096));
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** As an older daemon answers, which does not know the question. */
  @Test
  void anOlderDaemonLetsItStart() throws Exception {
    letThrough(
        "no such command",
        answered(new Reply(2, "request not understood: no such command; is the daemon older?")));
  }

  @Test
  void theDaemonHasLessTimeThanSystemdGives() {
    MayStartCommand command = new MayStartCommand();
    command.service = "docker";
    assertEquals(
        new io.hasupervisor.control.Request.MayStart("docker", Duration.ofSeconds(18)),
        command.request());
    command.maxWait = Duration.ofSeconds(2);
    assertEquals(
        new io.hasupervisor.control.Request.MayStart("docker", Duration.ofSeconds(1)),
        command.request());
  }
}
