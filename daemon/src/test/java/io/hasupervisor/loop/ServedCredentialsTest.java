package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.credential.Forge;
import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.tls.ClientKeys;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.loop.CredentialInspection.Report;
import io.hasupervisor.observe.HeldPort;
import io.hasupervisor.observe.credential.ServedSeen.Service;
import io.hasupervisor.observe.credential.ServerPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real TLS servers on loopback that show a certificate, which is or is not the one on disk. */
@Timeout(60)
final class ServedCredentialsTest {
  private static final Duration DAY = Duration.ofDays(1);

  /** When a server should have noticed the files, which are written by each test. */
  private final Instant later = Instant.now().plus(Duration.ofMinutes(20));

  @TempDir Path root;
  private final List<ServerSocket> servers = new ArrayList<>();

  private CredentialFolder folder =
      new CredentialFolder(Path.of("/"), MadeSet.master(Profile.MODERN, "master-1"));

  @BeforeEach
  void place() throws IOException {
    folder = CredentialFolder.made(root, Profile.MODERN, "master-1");
  }

  @AfterEach
  void stop() throws IOException {
    for (ServerSocket server : servers) {
      server.close();
    }
  }

  private int serve(byte[] certificate, byte[] key, String protocol, boolean wantsClient)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(ClientKeys.of(PemCertificates.parse(certificate), PemKey.parse(key)), null, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setEnabledProtocols(new String[] {protocol});
    server.setNeedClientAuth(wantsClient);
    return accepting(server, socket -> ((SSLSocket) socket).startHandshake());
  }

  private int serve(String name) throws IOException, GeneralSecurityException {
    return serve(
        Files.readAllBytes(folder.file(name + ".crt")),
        Files.readAllBytes(folder.file(name + ".key")),
        "TLSv1.3",
        false);
  }

  private int serve(Forge forged) throws IOException, GeneralSecurityException {
    return serve(forged.certificatePem(), forged.keyPem(), "TLSv1.3", false);
  }

  private interface Talk {
    void over(Socket socket) throws IOException;
  }

  private int accepting(ServerSocket server, Talk talk) {
    servers.add(server);
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  talk.over(socket);
                } catch (IOException e) {
                  // The client has seen enough, or the test is over.
                }
              }
            });
    return server.getLocalPort();
  }

  private ServerPoint apiserver(int port) {
    return new ServerPoint(
        Service.APISERVER, "127.0.0.1", port, List.of(folder.file("apiserver.crt")));
  }

  private Report look(Instant at, ServerPoint... points) throws InterruptedException {
    return CredentialInspection.asking(root, folder.master(), Arrays.asList(points), () -> at)
        .look();
  }

  private Finding only(String code, Instant at, ServerPoint... points) throws InterruptedException {
    Report report = look(at, points);
    assertEquals(List.of(code), report.findings().stream().map(Finding::code).toList());
    return report.findings().getFirst();
  }

  private static Forge like(Duration from, Duration until) {
    return MadeSet.authority(Profile.MODERN, "pki/ca")
        .server()
        .names(List.of("10.0.0.1"))
        .valid(from, until);
  }

  @Test
  void theOneOnDiskIsFine() throws Exception {
    Report report = look(later, apiserver(serve("apiserver")));
    assertEquals(List.of(), report.findings());
    assertEquals(1, report.seen().served().getFirst().chain().size());
  }

  @ParameterizedTest
  @CsvSource({"20, WARNING", "3, CRITICAL", "-1, CRITICAL"})
  void anOlderOneWasNotReloaded(int days, Severity severity) throws Exception {
    int port = serve(like(DAY.multipliedBy(-300), DAY.multipliedBy(days)));
    Finding found = only("RENEWED_NOT_RELOADED", later, apiserver(port));
    assertEquals(severity, found.severity());
    assertTrue(found.text().contains("127.0.0.1:" + port), found.text());
    assertTrue(
        found.text().contains(date(MadeSet.NOW.plus(DAY.multipliedBy(days))))
            && found.text().contains(date(MadeSet.NOW.plus(DAY.multipliedBy(365)))),
        found.text());
  }

  private static String date(Instant at) {
    return at.toString().substring(0, 10);
  }

  @Test
  void aServerHasTenMinutesToReload() throws Exception {
    int port = serve(like(DAY.multipliedBy(-300), DAY.multipliedBy(3)));
    assertEquals(List.of(), look(MadeSet.NOW, apiserver(port)).findings());
  }

  @Test
  void aNewerOneThanOnDiskComesFromAnotherFile() throws Exception {
    int port = serve(like(Duration.ofMinutes(1), DAY.multipliedBy(300)));
    only("SERVED_DIFFERS", later, apiserver(port));
  }

  @Test
  void theSameStaleOneAtTwoAddressesIsToldOnce() throws Exception {
    int port = serve(like(DAY.multipliedBy(-300), DAY.multipliedBy(20)));
    only(
        "RENEWED_NOT_RELOADED",
        later,
        apiserver(port),
        new ServerPoint(
            Service.APISERVER, "localhost", port, List.of(folder.file("apiserver.crt"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aServerThatWantsACertificateHasShownItsOwn(String protocol) throws Exception {
    int port =
        serve(
            Files.readAllBytes(folder.file("etcd/server.crt")),
            Files.readAllBytes(folder.file("etcd/server.key")),
            protocol,
            true);
    Report report =
        look(
            later,
            new ServerPoint(
                Service.ETCD, "127.0.0.1", port, List.of(folder.file("etcd/server.crt"))));
    assertEquals(1, report.seen().served().getFirst().chain().size());
    assertEquals(List.of(), report.findings());
  }

  @Test
  void serversThatShowNothingAreNoMatterOfCredentials() throws Exception {
    int silent =
        accepting(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            socket -> {
              int _ = socket.getInputStream().readAllBytes().length;
            });
    int plain =
        accepting(
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()),
            socket ->
                socket
                    .getOutputStream()
                    .write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    try (HeldPort refused = new HeldPort()) {
      List<ServerPoint> points = new ArrayList<>(Collections.nCopies(12, apiserver(silent)));
      points.add(apiserver(refused.number()));
      points.add(apiserver(plain));
      long before = System.nanoTime();
      Report report = look(later, points.toArray(ServerPoint[]::new));
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertEquals(List.of(), report.findings());
      assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, "at once, not in turn: " + took);
    }
  }

  @Test
  void theKubeletsOwnCertificateNeedsNoAuthority() throws Exception {
    Path pki = Files.createDirectories(root.resolve("var/lib/kubelet/pki"));
    Forge own = Forge.bySelf("CN=master-1@1").server();
    byte[] pem = own.certificatePem();
    Files.write(pki.resolve("kubelet.crt"), pem);
    ServerPoint kubelet =
        new ServerPoint(
            Service.KUBELET,
            "127.0.0.1",
            serve(pem, own.keyPem(), "TLSv1.3", false),
            List.of(pki.resolve("kubelet-server-current.pem"), pki.resolve("kubelet.crt")));
    assertEquals(List.of(), look(later, kubelet).findings());
    Files.write(
        pki.resolve("kubelet.crt"),
        Forge.bySelf("CN=master-1@2")
            .server()
            .valid(DAY.negated(), DAY.multipliedBy(300))
            .certificatePem());
    assertEquals("systemctl restart kubelet", only("RENEWED_NOT_RELOADED", later, kubelet).cure());
  }

  @ParameterizedTest
  @CsvSource({"SEED, 3", "MODERN, 6"})
  void whoIsAsked(Profile profile, int points) {
    CredentialFolder asked = new CredentialFolder(root, MadeSet.master(profile, "master-1"));
    List<ServerPoint> all =
        ServerPoint.of(
            asked.master(), io.hasupervisor.observe.credential.Layout.of(asked.master(), root));
    assertEquals(points, all.size(), all.toString());
  }
}
