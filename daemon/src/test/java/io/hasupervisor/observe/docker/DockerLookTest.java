package io.hasupervisor.observe.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.systemd.FakeSystemd;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.host.systemd.Units;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a docker that is a socket of the test's, and whose process is the test's own. */
@Timeout(60)
final class DockerLookTest {
  private static final String UNIT = "docker.service";
  private static final int SELF = (int) ProcessHandle.current().pid();

  @TempDir Path directory;
  private final FakeSystemd systemd = new FakeSystemd();
  private final AtomicInteger asked = new AtomicInteger();

  private DockerSeen look() throws InterruptedException {
    return new DockerLook(
            systemd,
            UNIT,
            directory.resolve("docker.sock"),
            new HostPaths(directory, 0),
            SystemClock.verified(),
            ProcessSeen.Absent::new)
        .look();
  }

  private ServerSocketChannel docker(String info) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(directory.resolve("docker.sock")));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (SocketChannel client = server.accept()) {
                asked.incrementAndGet();
                client.read(ByteBuffer.allocate(4096));
                client.write(
                    ByteBuffer.wrap(
                        ("HTTP/1.1 200 OK\r\nContent-Length: " + info.length() + "\r\n\r\n" + info)
                            .getBytes(StandardCharsets.UTF_8)));
              } catch (IOException e) {
                // The test is over.
              }
            });
    return server;
  }

  private static UnitFacts running(Path... dropIns) {
    return Units.unit("active", "running").started("a", SELF, 1).facts("on-failure", dropIns);
  }

  @Test
  void seesUnitLifeAndWord() throws Exception {
    systemd.expectFacts(UNIT, running());
    try (ServerSocketChannel _ = docker("{\"LiveRestoreEnabled\":true}")) {
      DockerSeen seen = look();
      assertEquals(new UnitSeen.Loaded(UNIT, "on-failure", false), seen.unit());
      assertTrue(assertInstanceOf(DockerInfo.Answers.class, seen.info()).liveRestore());
      Instant started = seen.life().orElseThrow().started();
      Instant real = ProcessHandle.current().info().startInstant().orElseThrow();
      assertTrue(Duration.between(started, real).abs().toSeconds() < 2, started + " " + real);
    }
  }

  /** A connection to docker's socket would make systemd start it. */
  @Test
  void aDeadDockerIsNotAsked() throws Exception {
    systemd.expectFacts(UNIT, Units.unit("inactive", "dead").facts("on-failure"));
    try (ServerSocketChannel _ = docker("{}")) {
      DockerSeen seen = look();
      assertEquals(Optional.empty(), seen.life());
      assertEquals(new DockerInfo.Silent("docker does not run"), seen.info());
      assertEquals(0, asked.get());
    }
  }

  @Test
  void aGuardOfAnyNameCountsWhereSystemdHeedsIt() throws Exception {
    Path guard =
        Files.writeString(
            directory.resolve("10-ours.conf"),
            "[Service]\nExecCondition=/bin/sh -c 'ha-supervisor may-start docker'\n");
    systemd.expectFacts(UNIT, running(guard));
    assertEquals(new UnitSeen.Loaded(UNIT, "on-failure", true), look().unit());
    Files.writeString(guard, "[Service]\n# ExecCondition=ha-supervisor may-start docker\n");
    systemd.expectFacts(UNIT, running(guard));
    assertEquals(new UnitSeen.Loaded(UNIT, "on-failure", false), look().unit());
  }

  @Test
  void aUnitThatIsNotThereIsNone() throws Exception {
    systemd.expectFacts(UNIT, Units.unit("inactive", "dead").load("not-found").facts());
    assertEquals(new UnitSeen.None("docker.service is not-found"), look().unit());
  }

  @Test
  void withoutSystemdThePidfileTellsButOnlyOfADocker() throws Exception {
    Files.createDirectories(directory.resolve("run"));
    for (String pid : new String[] {Integer.toString(SELF), "-1", "x", ""}) {
      Files.writeString(directory.resolve("run/docker.pid"), pid);
      systemd.expect("facts " + UNIT, FakeSystemd.unavailable(SystemdUnavailable.Order.NOT_GIVEN));
      DockerSeen seen = look();
      assertEquals(new UnitSeen.None("the bus is away"), seen.unit());
      assertEquals(Optional.empty(), seen.life(), pid);
    }
    assertFalse(Files.exists(directory.resolve("docker.sock")));
  }
}
