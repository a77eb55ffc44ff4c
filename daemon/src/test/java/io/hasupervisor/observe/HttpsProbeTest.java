package io.hasupervisor.observe;

import static io.hasupervisor.observe.Checks.SHORT;
import static io.hasupervisor.observe.Checks.failed;
import static io.hasupervisor.observe.Checks.inconclusive;
import static io.hasupervisor.observe.Checks.once;
import static io.hasupervisor.observe.Checks.passed;
import static io.hasupervisor.observe.FakeServer.answer;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpsProbeTest {
  private static final FakeServer.Session OK = answer(200, "ok");

  @TempDir static Path directory;
  private static Optional<TestCertificates> made = Optional.empty();

  @BeforeAll
  static void makeCertificates() throws Exception {
    made =
        Optional.of(
            TestCertificates.in(directory)
                .ec("server", "DNS:localhost,IP:127.0.0.1", 10)
                .ec("expired", "IP:127.0.0.1", -1)
                .ec("elsewhere", "DNS:elsewhere.example,IP:192.0.2.1", 10)
                .ec("client-ec", "DNS:client", 10)
                .rsa("client-rsa"));
    certificates().openssl("ecparam -genkey -name prime256v1 -noout -out other.key");
    certificates().openssl("req -x509 -new -key other.key -subj /CN=other -days 10 -out other.crt");
  }

  private static TestCertificates certificates() {
    return made.orElseThrow();
  }

  private static Probe to(FakeServer server, HttpCredentials credentials) {
    return new HttpProbe(
        new ProbeTarget.Http(
            URI.create("https://127.0.0.1:" + server.port() + "/livez"),
            Optional.empty(),
            Set.of(200),
            Optional.of("ok"),
            credentials));
  }

  private static HttpCredentials trusting(String ca) {
    return new HttpCredentials(
        Optional.of(certificates().file(ca)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static HttpCredentials as(String name, Path key) {
    return new HttpCredentials(
        Optional.of(certificates().file("ca.crt")),
        Optional.of(certificates().file(name + ".crt")),
        Optional.of(key),
        Optional.empty(),
        false);
  }

  @Test
  void passesWithTheConfiguredAuthorityAgainAndAgain() throws Exception {
    try (FakeServer server = certificates().serve("server", false, OK)) {
      Probe probe = to(server, trusting("ca.crt"));
      assertEquals("status 200: ok", passed(probe));
      assertEquals("status 200: ok", passed(probe));
    }
  }

  @Test
  void saysThatTheCertificateHasExpired() throws Exception {
    try (FakeServer server = certificates().serve("expired", false, OK)) {
      String detail = failed(Symptom.TLS_FAILED, to(server, trusting("ca.crt")));
      assertTrue(detail.startsWith("its certificate has expired (NotAfter: "), detail);
    }
  }

  @Test
  void saysThatTheCertificateIsNotTrusted() throws Exception {
    try (FakeServer server = certificates().serve("server", false, OK)) {
      String words = "its certificate is not signed by a trusted authority";
      assertEquals(words, failed(Symptom.TLS_FAILED, to(server, trusting("other.crt"))));
      assertEquals(words, failed(Symptom.TLS_FAILED, to(server, HttpCredentials.NONE)));
    }
  }

  @Test
  void saysThatTheCertificateIsForAnotherName() throws Exception {
    try (FakeServer server = certificates().serve("elsewhere", false, OK)) {
      String detail = failed(Symptom.TLS_FAILED, to(server, trusting("ca.crt")));
      assertTrue(detail.startsWith("its certificate is not accepted: No subject alt"), detail);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "expired", "elsewhere"})
  void insecureAcceptsEveryCertificate(String name) throws Exception {
    HttpCredentials insecure =
        new HttpCredentials(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);
    try (FakeServer server = certificates().serve(name, false, OK)) {
      passed(to(server, insecure));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-rsa", "client-ec"})
  void showsItsCertificateWithAKeyInTheTraditionalAndInTheNewForm(String name) throws Exception {
    Path traditional = certificates().file(name + ".key");
    assertTrue(Files.readString(traditional).matches("(?s)-----BEGIN (RSA|EC) PRIVATE KEY.*"));
    try (FakeServer server = certificates().serve("server", true, OK)) {
      passed(to(server, as(name, traditional)));
      passed(to(server, as(name, certificates().pkcs8(name))));
    }
  }

  /** In TLS 1.3 the refusal comes after the handshake, and closing may overtake its words. */
  @Test
  void failsWithoutTheCertificateThatIsAskedFor() throws Exception {
    try (FakeServer server = certificates().serve("server", true, OK)) {
      Failed failed =
          assertInstanceOf(Failed.class, once(to(server, trusting("ca.crt")), Checks.AMPLE));
      assertTrue(
          Set.of(Symptom.TLS_FAILED, Symptom.CLOSED).contains(failed.symptom()), failed.toString());
    }
  }

  @Test
  void usesARenewedAuthorityAtTheNextCheck() throws Exception {
    Path ca = certificates().file("changing.crt");
    Files.copy(certificates().file("other.crt"), ca);
    try (FakeServer server = certificates().serve("server", false, OK)) {
      Probe probe = to(server, trusting("changing.crt"));
      failed(Symptom.TLS_FAILED, probe);
      Path renewed = certificates().file("renewed.crt");
      Files.copy(certificates().file("ca.crt"), renewed);
      Files.move(renewed, ca, StandardCopyOption.REPLACE_EXISTING);
      passed(probe);
    }
  }

  @Test
  void blamesFilesThatCannotBeUsedAndNotTheTarget() throws Exception {
    Path empty = Files.createFile(certificates().file("empty"));
    Path missing = certificates().file("missing.key");
    try (FakeServer server = certificates().serve("server", false, OK)) {
      assertEquals(
          "the file " + certificates().file("missing.crt") + " does not exist",
          inconclusive(to(server, trusting("missing.crt"))));
      assertEquals(
          "the certificate file " + empty + " holds no certificate",
          inconclusive(to(server, trusting("empty"))));
      assertEquals(
          "the file " + missing + " does not exist",
          inconclusive(to(server, as("client-rsa", missing))));
      assertEquals(
          "the key file " + empty + " is not usable: no private key in PEM",
          inconclusive(to(server, as("client-rsa", empty))));
    }
  }

  @Test
  void callsPlainHttpOnATlsPortGarbage() throws Exception {
    try (FakeServer server =
        FakeServer.tcp((_, out) -> out.write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(US_ASCII)))) {
      assertEquals(
          "the answer is not TLS", failed(Symptom.GARBAGE, to(server, trusting("ca.crt"))));
    }
  }

  @Test
  void timesOutInAHandshakeThatIsNeverAnswered() throws Exception {
    try (FakeServer server = FakeServer.tcp(FakeServer::hang)) {
      String detail = failed(Symptom.TIMED_OUT, to(server, trusting("ca.crt")), SHORT);
      assertTrue(detail.contains("still shaking hands"), detail);
    }
  }
}
