package io.hasupervisor.observe.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.observe.TestCertificates;
import io.hasupervisor.observe.credential.ClientIdentity.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kubeconfig, or the files configured in its place, make of a client. */
final class ClientIdentityTest {
  @TempDir static Path made;

  private static final String TWO =
      """
      current-context: second
      contexts:
      - {name: first, context: {cluster: none, user: none}}
      - {name: second, context: {cluster: c, user: u}}
      clusters:
      - {name: none, cluster: {server: "https://192.0.2.1"}}
      - {name: c, cluster: {server: "https://10.0.0.9:6443", certificate-authority: CA}}
      users:
      - {name: none, user: {}}
      - {name: u, user: {client-certificate: CRT, client-key: KEY}}
      """;

  @TempDir Path folder;
  private Path file = Path.of("/");

  @BeforeAll
  static void make() throws Exception {
    TestCertificates.in(made).ec("client", "DNS:client", 10).ec("another", "DNS:x", 10);
  }

  @BeforeEach
  void name() {
    file = folder.resolve("scheduler.conf");
  }

  private static ApiserverSettings settings(Path ca, Optional<String> own) {
    return new ApiserverSettings(
        URI.create("https://10.0.0.1:6443"),
        Optional.of(ca),
        own.map(name -> made.resolve(name + ".crt")),
        own.map(name -> made.resolve(name + ".key")),
        Optional.empty(),
        Map.of(),
        Duration.ofSeconds(10));
  }

  private Identity identity(String kubeconfig, ApiserverSettings settings) throws IOException {
    Files.writeString(file, placed(kubeconfig));
    return ClientIdentity.of(Optional.of(file), settings).current();
  }

  private static String placed(String kubeconfig) {
    return kubeconfig
        .replace("CA}", made.resolve("ca.crt") + "}")
        .replace("CRT", made.resolve("client.crt").toString())
        .replace("KEY", made.resolve("client.key").toString());
  }

  private Identity identity(String kubeconfig) throws IOException {
    return identity(kubeconfig, settings(made.resolve("ca.crt"), Optional.empty()));
  }

  private static String embedded(String name) throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(made.resolve(name)));
  }

  @Test
  void theCurrentContextCountsAmongSeveral() throws IOException {
    Identity identity = identity(TWO);
    assertEquals("", identity.problem());
    assertTrue(identity.tls().isPresent());
    assertEquals(
        "https://10.0.0.9:6443", KubeconfigReader.read(file).value().orElseThrow().server());
  }

  @Test
  void embeddedPartsWinOverFiles() throws IOException {
    String both =
        TWO.replace(
            "{client-certificate: CRT, client-key: KEY}",
            "{client-certificate: /none, client-certificate-data: "
                + embedded("client.crt")
                + ", client-key: /none, client-key-data: "
                + embedded("client.key")
                + "}");
    assertEquals("", identity(both).problem());
  }

  @Test
  void filesAreNamedFromWhereTheKubeconfigIs() throws IOException {
    Files.copy(made.resolve("client.crt"), folder.resolve("c.crt"));
    Files.copy(made.resolve("client.key"), folder.resolve("c.key"));
    assertEquals("", identity(TWO.replace("CRT", "c.crt").replace("KEY", "./c.key")).problem());
  }

  @Test
  void aTokenNeedsNoCertificate() throws IOException {
    Identity identity =
        identity(TWO.replace("{client-certificate: CRT, client-key: KEY}", "{token: abc}"));
    assertEquals(Optional.of("abc"), identity.token());
    assertTrue(identity.tls().isPresent());
    assertFalse(identity.toString().contains("abc"));
  }

  @Test
  void aTokensFileWinsAndIsReadAnewWhenItChanges() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "one\n");
    Files.writeString(
        file,
        placed(
            TWO.replace(
                "{client-certificate: CRT, client-key: KEY}", "{token: abc, tokenFile: token}")));
    ClientIdentity identity =
        ClientIdentity.of(Optional.of(file), settings(made.resolve("ca.crt"), Optional.empty()));
    assertEquals(Optional.of("one"), identity.current().token());
    assertEquals(identity.current(), identity.current());
    Files.writeString(token, "two\n");
    Files.setLastModifiedTime(token, FileTime.fromMillis(1));
    assertEquals(Optional.of("two"), identity.current().token());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "current-context: second | '' | has no current-context",
        "current-context: second | current-context: third | has no context of the name \"third\"",
        "cluster: c, user: u | cluster: x, user: u | has no cluster for its current context"
            + " \"second\"",
        "cluster: c, user: u | cluster: c, user: x | has no user for its current context"
            + " \"second\"",
        "{client-certificate: CRT, client-key: KEY} | {exec: {command: /bin/sh}}"
            + " | : exec plugins are not supported: give a client certificate or a token",
        "{client-certificate: CRT, client-key: KEY} | {auth-provider: {name: gcp}}"
            + " | : auth-provider is not supported: give a client certificate or a token",
        "{client-certificate: CRT, client-key: KEY} | {username: me, password: s3cret}"
            + " | gives neither a client certificate nor a token",
        ", client-key: KEY | '' | gives one of client certificate and key without the other",
        "client-key: KEY | client-key-data: \"s3cret!\""
            + " | holds client-key-data that is not base64",
        "client-certificate: CRT | client-certificate-data: czNjcmV0 | holds no certificate in PEM",
        "client-key: KEY | client-key: /none/key | /none/key does not exist",
        "{client-certificate: CRT, client-key: KEY} | {token: \"s3cret\\nX-Other: x\"}"
            + " | holds no usable token",
        "current-context: second | \"current-context: [s3cret\" | is no kubeconfig: see line",
      })
  void whatCannotBeUsedIsSaidAndNothingOfItQuoted(String part, String instead, String why)
      throws IOException {
    Identity identity = identity(TWO.replace(part, instead));
    assertTrue(identity.problem().contains(why), identity.problem());
    assertFalse(identity.problem().contains("s3cret"), identity.problem());
    assertTrue(identity.tls().isEmpty());
  }

  @Test
  void aKeyOfAnotherCertificateIsNamed() throws IOException {
    Identity identity = identity(TWO.replace("KEY", made.resolve("another.key").toString()));
    assertTrue(
        identity.problem().contains("the key does not fit the client certificate"),
        identity.problem());
  }

  @Test
  void whatAKubeconfigLacksTheConfiguredFilesGive() throws IOException {
    ApiserverSettings own = settings(made.resolve("ca.crt"), Optional.of("client"));
    assertEquals("", identity(TWO.replace("current-context: second", ""), own).problem());
    Files.delete(file);
    assertEquals("", ClientIdentity.of(Optional.of(file), own).current().problem());
  }

  @Test
  void whoeverTrustsAnybodyNeedsAnAuthorityAllTheSame() throws IOException {
    String trusting = TWO.replace("certificate-authority: CA", "insecure-skip-tls-verify: true");
    assertEquals("", identity(trusting).problem());
    Identity identity = identity(trusting, settings(Path.of("/none/ca.crt"), Optional.empty()));
    assertEquals(
        "/none/ca.crt does not exist; insecure-skip-tls-verify in " + file + " is not followed",
        identity.problem());
  }

  @Test
  void aKubeconfigThatAppearsLaterIsTaken() throws IOException {
    ClientIdentity identity =
        ClientIdentity.of(Optional.of(file), settings(Path.of("/none/ca.crt"), Optional.empty()));
    Identity without = identity.current();
    assertEquals("/none/ca.crt does not exist", without.problem());
    Files.writeString(file, placed(TWO));
    assertNotEquals(without, identity.current());
    assertEquals("", identity.current().problem());
  }
}
