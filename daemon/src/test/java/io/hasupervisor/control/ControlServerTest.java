package io.hasupervisor.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.publish.Rendering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real socket, spoken to by the real client and by rude ones. */
@Timeout(60)
final class ControlServerTest {
  private static final POSIX NATIVE = POSIXFactory.getNativePOSIX();
  private static final String NO_GROUP = "no-such-group";
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path directory;

  private final List<Request> heard = new CopyOnWriteArrayList<>();
  private final List<String> users = new CopyOnWriteArrayList<>();

  private Path path() {
    return directory.resolve("control.sock");
  }

  private CompletableFuture<Reply> obey(Request request, String user) {
    heard.add(request);
    users.add(user);
    return CompletableFuture.completedFuture(Reply.done("done: \"ä\"\n2"));
  }

  private ControlServer serve(Handler handler) throws IOException {
    return serve(handler, LONG, LONG);
  }

  private ControlServer serve(Handler handler, Duration patience, Duration handlerPatience)
      throws IOException {
    return ControlServer.start(path(), NO_GROUP, handler, patience, handlerPatience);
  }

  private Reply ask(Request request) throws ControlFailure {
    return ControlClient.of(path()).ask(request);
  }

  private String raw(String bytes, boolean end) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
      channel.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
      if (end) {
        channel.shutdownOutput();
      }
      return rest(channel);
    }
  }

  private static String rest(SocketChannel channel) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (channel.read(buffer.clear()) >= 0) {
      bytes.write(buffer.array(), 0, buffer.position());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void everyRequestArrivesAsItWasSent() throws Exception {
    List<Request> requests =
        List.of(
            new Request.GetStatus(new Rendering(true, 133, false)),
            new Request.GetStatus(new Rendering(false, 80, true)),
            new Request.GetCluster(new Rendering(true, 133, false)),
            new Request.GetEvents(123456789012L),
            new Request.Explain("docker"),
            new Request.ShowIncident("20261124-\"x\""),
            new Request.Start("docker"),
            new Request.Stop("docker", Optional.of(Duration.ofMinutes(30))),
            new Request.Stop("docker", Optional.empty()),
            new Request.Restart("docker"),
            new Request.Retry("docker"),
            new Request.Start("docker", true),
            new Request.Stop("docker", Optional.empty(), true),
            new Request.Restart("docker", true),
            new Request.Retry("docker", true),
            new Request.Hold(Optional.of("docker"), Duration.ofMinutes(90), "disk\nchange é"),
            new Request.Hold(Optional.empty(), Duration.ofDays(2), ""),
            new Request.Release(Optional.of("docker")),
            new Request.Release(Optional.empty()),
            new Request.PlaceManifests(7),
            new Request.PlaceManifests(7, true),
            new Request.AcceptRestore(),
            new Request.GetLock(new Rendering(false, 80, true)),
            new Request.BreakLock(),
            new Request.FreezeLock("the \"switches\""),
            new Request.UnfreezeLock(),
            new Request.GetRolling(new Rendering(true, 133, false)),
            new Request.RestartRolling("docker", ""),
            new Request.StopRolling(),
            new Request.Reboot(true, Duration.ofMinutes(4)),
            new Request.Reboot(false, Duration.ofSeconds(30)),
            new Request.MayStart("docker", Duration.ofSeconds(18)),
            new Request.Reload());
    try (ControlServer _ = serve(this::obey)) {
      for (Request request : requests) {
        assertEquals(Reply.done("done: \"ä\"\n2"), ask(request));
      }
    }
    assertEquals(requests, heard);
    assertEquals(System.getProperty("user.name"), users.getFirst());
  }

  @Test
  void theSocketIsOpenToOwnerAndGroupOnly() throws Exception {
    String group = NATIVE.getgrgid(NATIVE.getegid()).getName();
    try (ControlServer _ = ControlServer.start(path(), group, this::obey)) {
      assertEquals("rw-rw----", mode(path()));
      assertEquals(group, Files.getAttribute(path(), "posix:group").toString());
    }
    assertFalse(Files.exists(path()));
    try (ControlServer _ = ControlServer.start(path(), NO_GROUP, this::obey)) {
      assertEquals("rw-------", mode(path()));
    }
  }

  @Test
  void rootTheDaemonsUserAndMembersOfTheGroupMay() {
    String group = NATIVE.getgrgid(NATIVE.getegid()).getName();
    Access access = new Access(group);
    int stranger = 54321;
    assertTrue(access.refusal(new Access.Peer(1, 0, stranger, "root")).isEmpty());
    assertTrue(access.refusal(new Access.Peer(1, NATIVE.geteuid(), stranger, "me")).isEmpty());
    assertTrue(access.refusal(new Access.Peer(1, stranger, NATIVE.getegid(), "eve")).isEmpty());
    Optional<String> refusal = access.refusal(new Access.Peer(1, stranger, stranger, "eve"));
    assertTrue(
        refusal.orElseThrow().contains("usermod -aG " + group + " USER"), refusal.toString());
    assertTrue(
        new Access(NO_GROUP).refusal(new Access.Peer(1, stranger, stranger, "eve")).isPresent());
  }

  @Test
  void theSocketOfADeadDaemonIsReplacedAndALiveOneRefused() throws Exception {
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(path()));
    dead.close();
    assertTrue(Files.exists(path()));
    try (ControlServer _ = serve(this::obey)) {
      IOException refused = assertThrows(IOException.class, () -> serve(this::obey));
      assertEquals("another daemon answers at " + path(), refused.getMessage());
      assertEquals(0, ask(new Request.Reload()).exit());
    }
  }

  @Test
  void whatIsNoSocketIsNotRemoved() throws Exception {
    Files.writeString(path(), "precious");
    assertThrows(IOException.class, () -> serve(this::obey));
    assertEquals("precious", Files.readString(path()));
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    Files.delete(path());
    Files.createSymbolicLink(path(), victim);
    assertThrows(IOException.class, () -> serve(this::obey));
    assertEquals("precious", Files.readString(victim));
    assertTrue(Files.isSymbolicLink(path()));
  }

  @Test
  void aDirectoryThatOthersCanWriteIsRefused() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    IOException refused = assertThrows(IOException.class, () -> serve(this::obey));
    assertTrue(refused.toString().contains("writable by others"), refused.toString());
  }

  @Test
  void aPathTooLongForASocketIsRefusedInWords() {
    Path path = directory.resolve("x".repeat(120));
    IOException refused =
        assertThrows(IOException.class, () -> ControlServer.start(path, NO_GROUP, this::obey));
    assertTrue(refused.toString().contains("too long for a socket"), refused.toString());
    assertThrows(ControlFailure.class, () -> ControlClient.of(path).ask(new Request.Reload()));
  }

  @Test
  void garbageIsAnsweredWithAClearError() throws Exception {
    try (ControlServer _ = serve(this::obey)) {
      for (String garbage :
          List.of(
              "\n",
              "hello\n",
              "[]\n",
              "{\n",
              "null\n",
              "{}\n",
              "{\"command\":{}}\n",
              "{\"command\":\"rm\"}\n",
              "{\"command\":\"start\"}\n",
              "{\"command\":\"hold\",\"for\":\"30m\",\"reason\":\"\"}\n",
              "{\"command\":\"hold\",\"for\":\"-PT3S\",\"reason\":\"\"}\n",
              "{\"command\":\"may-start\",\"service\":\"docker\",\"for\":\"PT9223372036854775807S\"}\n",
              "{\"command\":\"events\",\"since\":\"-1\"}\n",
              "{\"command\":\"start\",\"service\":\"" + "a".repeat(501) + "\"}\n",
              "[".repeat(5000) + "\n",
              "\u0000\u00ff\u0016\u0003\n",
              "no line end")) {
        String reply = raw(garbage, true);
        assertTrue(
            reply.startsWith("{\"exit\":2,\"body\":\"request not understood: "), garbage + reply);
      }
      assertEquals(0, ask(new Request.Reload()).exit());
    }
    assertEquals(List.of(new Request.Reload()), heard);
  }

  @Test
  void aRequestThatIsTooLongOrTooSlowIsAnswered() throws Exception {
    try (ControlServer _ = serve(this::obey)) {
      assertTrue(raw("x".repeat(100_000), true).contains("longer than 65536 bytes"));
    }
    try (ControlServer _ = serve(this::obey, SHORT, LONG)) {
      assertTrue(raw("{\"command\":", false).contains("did not come within"));
    }
  }

  @Test
  void aFullHouseTurnsAwayAndIsOpenAgainAfterwards() throws Exception {
    try (ControlServer _ = serve(this::obey)) {
      List<SocketChannel> silent = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        silent.add(SocketChannel.open(UnixDomainSocketAddress.of(path())));
      }
      ControlFailure full = assertThrows(ControlFailure.class, () -> ask(new Request.Reload()));
      assertEquals(3, full.exit());
      for (SocketChannel channel : silent) {
        channel.close();
      }
      assertEquals(0, askUntilHeard().exit());
    }
  }

  private Reply askUntilHeard() {
    while (true) {
      try {
        return ask(new Request.Reload());
      } catch (ControlFailure e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aRebootIsTakenBackWhenItsClientHangsUp() throws Exception {
    CompletableFuture<Reply> pending = new CompletableFuture<>();
    try (ControlServer _ =
        serve(
            (request, _) -> {
              heard.add(request);
              return pending;
            })) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
        String line = Wire.encode(new Request.Reboot(false, Duration.ofMinutes(4)));
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        while (heard.isEmpty()) {
          Thread.onSpinWait();
        }
        assertFalse(pending.isDone(), "the client waits");
      }
      assertThrows(CancellationException.class, pending::join);
    }
  }

  /** The time for hanging up had passed, and as much again was waited for the reply. */
  @Test
  void aRebootThatIsNotAnsweredIsWaitedForOnce() throws Exception {
    List<Long> left = new CopyOnWriteArrayList<>();
    CompletableFuture<Reply> never =
        new CompletableFuture<>() {
          @Override
          public Reply get(long time, TimeUnit unit)
              throws InterruptedException, ExecutionException, TimeoutException {
            left.add(time);
            return super.get(time, unit);
          }
        };
    try (ControlServer _ = serve((_, _) -> never, LONG, SHORT)) {
      assertEquals(1, ask(new Request.Reboot(false, Duration.ofMillis(1))).exit());
    }
    assertEquals(1, left.size());
    assertTrue(left.getFirst() <= 0, left.toString());
  }

  @Test
  void aLoopThatDoesNotAnswerOrFailsIsReported() throws Exception {
    try (ControlServer _ = serve((_, _) -> new CompletableFuture<>(), LONG, SHORT)) {
      Reply late = ask(new Request.Start("docker"));
      assertEquals(1, late.exit());
      assertTrue(late.body().startsWith("the daemon did not answer in "), late.body());
    }
    IllegalStateException bug = new IllegalStateException("secret");
    try (ControlServer _ = serve((_, _) -> CompletableFuture.failedFuture(bug))) {
      assertFalse(ask(new Request.Start("docker")).body().contains("secret"));
    }
    Handler thrower =
        (_, _) -> {
          throw bug;
        };
    try (ControlServer _ = serve(thrower)) {
      assertEquals(1, ask(new Request.Start("docker")).exit());
    }
  }

  @Test
  void closingLeavesTheSocketOfASuccessorAlone() throws Exception {
    ControlServer old = serve(this::obey);
    Files.delete(path());
    try (ControlServer _ = serve(this::obey)) {
      old.close();
      assertEquals(0, ask(new Request.Reload()).exit());
    }
    assertFalse(Files.exists(path()));
  }

  @Test
  void whereNobodyListensTheClientSaysHowToStart() throws Exception {
    ControlFailure absent = assertThrows(ControlFailure.class, () -> ask(new Request.Reload()));
    assertEquals(3, absent.exit());
    assertTrue(absent.text().contains("systemctl start ha-supervisor"), absent.text());
    ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    dead.bind(UnixDomainSocketAddress.of(path()));
    dead.close();
    ControlFailure stale = assertThrows(ControlFailure.class, () -> ask(new Request.Reload()));
    assertTrue(stale.text().contains("systemctl start ha-supervisor"), stale.text());
  }

  @Test
  void aSilentOrBabblingDaemonDoesNotHoldTheClient() throws Exception {
    try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      mute.bind(UnixDomainSocketAddress.of(path()));
      ControlClient client = new ControlClient(path(), SHORT);
      ControlFailure silent =
          assertThrows(ControlFailure.class, () -> client.ask(new Request.Reload()));
      assertTrue(silent.text().contains("did not answer in"), silent.text());
      Thread babbler =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      mute.accept().close();
                      SocketChannel next = mute.accept();
                      next.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
                      next.close();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      ControlFailure odd = assertThrows(ControlFailure.class, () -> ask(new Request.Reload()));
      assertEquals(3, odd.exit());
      babbler.join();
    }
  }
}
