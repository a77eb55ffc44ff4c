package io.hasupervisor.loop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.credential.Forge;
import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.cluster.ServerNames;
import io.hasupervisor.host.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One defect at a time in a set that is well, at the seed's {@code /srv/kubernetes}. */
@Timeout(60)
final class CredentialDefectsTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path root;
  private CredentialFolder folder =
      new CredentialFolder(Path.of("/"), MadeSet.master(Profile.SEED, "master-1"));

  @BeforeEach
  void place() throws IOException {
    folder = CredentialFolder.made(root, Profile.SEED, "master-1");
  }

  private static List<String> names(String... without) {
    List<String> names = new ArrayList<>(MadeSet.MASTERS);
    names.addAll(List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.10"));
    names.addAll(ServerNames.LOOPBACK);
    names.addAll(ServerNames.service(MadeSet.master(Profile.SEED, "master-1").cluster()));
    names.removeAll(List.of(without));
    return names;
  }

  private static Forge server() {
    return MadeSet.authority(Profile.SEED, "ca").server().names(names());
  }

  private void serve(Forge forged) throws IOException {
    forged.over(folder.file("server.cert"), folder.file("server.key"));
  }

  private Finding only(String code) throws IOException {
    List<Finding> findings = folder.findings();
    assertEquals(List.of(code), findings.stream().map(Finding::code).toList());
    return findings.getFirst();
  }

  @Test
  void anEcCertificateInPlaceOfTheRsaOneIsFine() throws IOException {
    serve(server());
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void anExpiredOneIsCriticalAndSaysWhatFails() throws IOException {
    serve(server().valid(DAY.multipliedBy(-400), DAY.multipliedBy(-12)));
    Finding found = only("CERTIFICATE_EXPIRED");
    assertEquals(Severity.CRITICAL, found.severity());
    assertTrue(
        found.text().contains("12 days ago: every connection to the apiserver"), found.text());
  }

  @ParameterizedTest
  @CsvSource({"29, WARNING", "8, WARNING", "6, CRITICAL"})
  void oneThatEndsSoonIsWarnedAboutAndThenCritical(int days, Severity severity) throws IOException {
    serve(server().valid(DAY.multipliedBy(-300), DAY.multipliedBy(days)));
    Finding found = only("CERTIFICATE_EXPIRES");
    assertEquals(severity, found.severity());
    assertTrue(found.text().contains("expires in " + days + " days"), found.text());
  }

  @Test
  void oneThatLastsLongerThanTheLimitIsFine() throws IOException {
    serve(server().valid(DAY.multipliedBy(-300), DAY.multipliedBy(31)));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void oneOfTheFutureHintsAtTheClock() throws IOException {
    serve(server().valid(DAY.multipliedBy(3), DAY.multipliedBy(300)));
    Finding found = only("CERTIFICATE_NOT_YET_VALID");
    assertTrue(found.text().contains("3 days") && found.cure().contains("timedatectl"));
  }

  @Test
  void oneOfAnotherAuthority() throws IOException {
    serve(Forge.byStranger("CN=elsewhere").server().names(names()));
    assertTrue(only("WRONG_CA").text().contains("signed by CN=elsewhere"));
  }

  @Test
  void oneOfAnotherAuthorityWithTheSameName() throws IOException {
    serve(Forge.byStranger("CN=test-ca").server().names(names()));
    assertTrue(only("WRONG_CA").text().contains("another authority of the same name"));
  }

  @Test
  void oneThatSignedItself() throws IOException {
    serve(Forge.bySelf("CN=kube-apiserver").server().names(names()));
    assertEquals(Severity.CRITICAL, only("SELF_SIGNED").severity());
  }

  @Test
  void oneWithAnIntermediateAuthorityInItsFileIsFine() throws IOException {
    Forge between = MadeSet.authority(Profile.SEED, "ca").subject("CN=between").authority(0);
    Forge leaf = between.signs().server().names(names());
    serve(leaf);
    Files.write(
        folder.file("server.cert"), joined(leaf.certificatePem(), between.certificatePem()));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void oneWhoseSignerMaySignNone() throws IOException {
    Forge between = MadeSet.authority(Profile.SEED, "ca").subject("CN=between");
    Forge leaf = between.signs().server().names(names());
    serve(leaf);
    Files.write(
        folder.file("server.cert"), joined(leaf.certificatePem(), between.certificatePem()));
    assertTrue(only("NOT_A_CA").text().contains("CN=between"));
  }

  @Test
  void oneOverMoreAuthoritiesThanAllowed() throws IOException {
    Forge first = MadeSet.authority(Profile.SEED, "ca").subject("CN=first").authority(0);
    Forge second = first.signs().subject("CN=second").authority(0);
    Forge leaf = second.signs().server().names(names());
    serve(leaf);
    Files.write(
        folder.file("server.cert"),
        joined(leaf.certificatePem(), second.certificatePem(), first.certificatePem()));
    assertTrue(only("PATH_LENGTH").text().contains("CN=first"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.10, SAN_LOAD_BALANCER, CRITICAL",
    "10.0.0.1, SAN_NODE, WARNING",
    "master-1, SAN_NODE, WARNING",
    "10.96.0.1, SAN_SERVICE, WARNING",
    "kubernetes, SAN_SERVICE, WARNING",
    "kubernetes.default.svc.cluster.local, SAN_SERVICE, WARNING",
    "127.0.0.1, SAN_LOOPBACK, ADVICE",
    "localhost, SAN_LOOPBACK, ADVICE",
    "10.0.0.3, SAN_MASTERS, ADVICE"
  })
  void oneThatLacksAName(String name, String code, Severity severity) throws IOException {
    serve(server().names(names(name)));
    Finding found = only(code);
    assertEquals(severity, found.severity());
    assertTrue(found.text().contains("is not for " + name + ":"), found.text());
  }

  @Test
  void oneWithoutAnyNameIsOneFindingForEachUse() throws IOException {
    serve(server().names(List.of()));
    assertEquals(
        Set.of("SAN_LOAD_BALANCER", "SAN_LOOPBACK", "SAN_MASTERS", "SAN_NODE", "SAN_SERVICE"),
        folder.codes());
  }

  @Test
  void oneForClientsOnly() throws IOException {
    serve(server().client());
    assertTrue(only("EKU_MISSING").text().contains("serverAuth"));
  }

  @Test
  void aWeakKey() throws IOException {
    serve(server().key("RSA", 1024));
    assertTrue(only("KEY_WEAK").text().contains("RSA of 1024 bits"));
  }

  @Test
  void aWeakSignature() throws IOException {
    serve(server().signature("SHA1"));
    assertTrue(only("SIGNATURE_WEAK").text().contains("SHA1withRSA"));
  }

  @Test
  void theKeyOfAnotherCertificateIsNamed() throws IOException {
    Files.write(folder.file("server.key"), Files.readAllBytes(folder.file("kubecfg.key")));
    assertTrue(only("KEY_MISMATCH").text().contains("it is that of kubecfg.crt"));
  }

  @Test
  void anAuthorityThatIsNone() throws IOException {
    Files.write(folder.file("ca.crt"), MadeSet.authority(Profile.SEED, "ca").certificatePem());
    assertEquals(Set.of("NOT_A_CA", "WRONG_CA"), folder.codes());
  }

  @Test
  void ofTwoAuthoritiesInAFileTheLongerLivedCounts() throws IOException {
    Forge old = Forge.bySelf("CN=old").authority(1).valid(DAY.multipliedBy(-400), DAY.negated());
    Files.write(
        folder.file("ca.crt"),
        joined(old.certificatePem(), Files.readAllBytes(folder.file("ca.crt"))));
    assertEquals(Set.of(), folder.codes());
  }

  @ParameterizedTest
  @CsvSource({
    "server.key, rw-r--r--, CREDENTIAL_MODE",
    "known_tokens.csv, rw-rw----, CREDENTIAL_MODE",
    "server.cert, rw-rw-r--, CREDENTIAL_MODE"
  })
  void openModes(String name, String mode, String code) throws IOException {
    MadeSet.mode(folder.file(name), mode);
    assertEquals(Severity.WARNING, only(code).severity());
  }

  @ParameterizedTest
  @CsvSource({"server.key, rw-r-----", "server.cert, rw-r--r--", "server.key, r--------"})
  void narrowModesAreFine(String name, String mode) throws IOException {
    MadeSet.mode(folder.file(name), mode);
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void anOpenDirectory() throws IOException {
    MadeSet.mode(folder.directory(), "rwxr-xr-x");
    assertTrue(only("CREDENTIALS_DIRECTORY_MODE").cure().startsWith("chmod 700 "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "basic_auth.csv",
        "ca.crt",
        "known_tokens.csv",
        "kubecfg.crt",
        "kubecfg.key",
        "server.cert",
        "server.key"
      })
  void eachMissingFileIsNamed(String name) throws IOException {
    Files.delete(folder.file(name));
    Finding found = only("CREDENTIAL_MISSING");
    assertTrue(found.subject().endsWith("/" + name) && found.text().startsWith(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.crt", "known_tokens.csv", "server.cert", "server.key"})
  void aDirectoryInPlaceOfAFileIsDockersDoing(String name) throws IOException {
    Files.delete(folder.file(name));
    Files.createDirectory(folder.file(name));
    MadeSet.mode(folder.file(name), "rwx------");
    assertTrue(folder.findings().getFirst().cure().contains("rmdir"));
    assertTrue(folder.codes().contains("CREDENTIAL_NOT_A_FILE"));
  }

  @Test
  void aPipeInPlaceOfAFileIsNotWaitedFor() throws Exception {
    Files.delete(folder.file("server.key"));
    Command.Result made =
        Command.run(
            List.of("mkfifo", "-m", "600", folder.file("server.key").toString()),
            Duration.ofSeconds(10),
            1000);
    assertEquals(0, made.exit(), made.output());
    assertTrue(only("CREDENTIAL_NOT_A_FILE").text().contains("no regular file"));
  }

  @Test
  void aLinkOutOfTheDirectoryLeadsNowhereInAPod() throws IOException {
    Path elsewhere = root.resolve("server.cert");
    Files.move(folder.file("server.cert"), elsewhere);
    Files.createSymbolicLink(folder.file("server.cert"), elsewhere);
    assertTrue(only("CREDENTIAL_LINK").text().contains(elsewhere.toString()));
  }

  @Test
  void aLinkWithinTheDirectoryIsFine() throws IOException {
    Files.move(folder.file("server.cert"), folder.file("2026.cert"));
    Files.createSymbolicLink(folder.file("server.cert"), Path.of("2026.cert"));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void aLinkToNothing() throws IOException {
    Files.delete(folder.file("server.cert"));
    Files.createSymbolicLink(folder.file("server.cert"), Path.of("gone"));
    assertTrue(only("CREDENTIAL_UNREADABLE").text().contains("leads nowhere"));
  }

  @Test
  void aLinkToItself() throws IOException {
    Files.delete(folder.file("server.cert"));
    Files.createSymbolicLink(folder.file("server.cert"), Path.of("server.cert"));
    only("CREDENTIAL_UNREADABLE");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 26, 27, 500, -2, -10, -30})
  void aTruncatedCertificate(int length) throws IOException {
    byte[] whole = Files.readAllBytes(folder.file("server.cert"));
    Files.write(
        folder.file("server.cert"),
        Arrays.copyOf(whole, length >= 0 ? length : whole.length + length));
    only("CERTIFICATE_MALFORMED");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, -40})
  void aTruncatedKey(int length) throws IOException {
    byte[] whole = Files.readAllBytes(folder.file("server.key"));
    Files.write(
        folder.file("server.key"),
        Arrays.copyOf(whole, length >= 0 ? length : whole.length + length));
    only("KEY_MALFORMED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
  void garbage(String text) throws IOException {
    Files.writeString(folder.file("server.cert"), text);
    only("CERTIFICATE_MALFORMED");
    Files.writeString(folder.file("server.key"), text);
    assertEquals(Set.of("CERTIFICATE_MALFORMED", "KEY_MALFORMED"), folder.codes());
  }

  @Test
  void aSecondCertificateThatIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(folder.file("ca.crt"));
    Files.write(folder.file("ca.crt"), joined(whole, Arrays.copyOf(whole, 200)));
    assertTrue(only("CERTIFICATE_MALFORMED").text().contains("cut off"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.crt", "server.cert", "server.key", "known_tokens.csv"})
  void aHugeFileIsNotRead(String name) throws IOException {
    Files.write(folder.file(name), new byte[10 * 1024 * 1024]);
    assertTrue(only("CREDENTIAL_UNREADABLE").text().contains("larger than 1 MiB"));
  }

  @Test
  void anEncryptedKeyIsCalledThat() throws IOException {
    Files.writeString(
        folder.file("server.key"),
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    assertTrue(only("KEY_MALFORMED").text().contains("ENCRYPTED"));
  }

  @Test
  void aMissingDirectoryIsOneFinding() throws IOException {
    Files.move(folder.directory(), root.resolve("moved"));
    assertTrue(only("CREDENTIALS_DIRECTORY").cure().contains("credentials create"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "TABLE_COLUMNS | s3cret-s3cret,admin\\n",
        "TABLE_COLUMNS | s3cret-s3cret\\n",
        "TABLE_EMPTY_TOKEN | ,admin,1\\n",
        "TABLE_EMPTY_TOKEN | \"\",admin,1\\n",
        "TABLE_DUPLICATE_TOKEN | s3cret-s3cret,a,1\\ns3cret-s3cret,b,2\\n",
        "TABLE_DUPLICATE_USER | s3cret-s3cret,a,1\\nt3cret-t3cret,a,2\\n",
        "TABLE_EMPTY_USER | s3cret-s3cret,,1\\n",
        "TABLE_BOM | BOMs3cret-s3cret,a,1\\n",
        "TABLE_CRLF | s3cret-s3cret,a,1\\r\\n",
        "TABLE_QUOTES | s3cret-s3cret,a,1,\"group\\n",
        "TABLE_QUOTES | s3cret\"s3cret,a,1\\n",
        "TABLE_QUOTES | \"s3cret-s3cret\"x,a,1\\n",
        "TABLE_SPACE | s3cret-s3cret, a, 1\\n",
        "TABLE_EMPTY | \\n\\n"
      })
  void eachDefectOfATable(String code, String text) throws IOException {
    String content = text.translateEscapes().replace("BOM", "\uFEFF");
    Files.write(folder.file("known_tokens.csv"), content.getBytes(UTF_8));
    only(code);
  }

  @Test
  void aTableWithGroupsIsFine() throws IOException {
    Files.writeString(
        folder.file("known_tokens.csv"),
        "s3cret-s3cret,a,1,\"system:masters,\"\"quoted\"\"\ndev\"\n\nt3cret-t3cret,b,2");
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void aDefectOfATableNamesItsLine() throws IOException {
    Files.writeString(
        folder.file("known_tokens.csv"), "s3cret-s3cret,a,1,\"x\ny\"\n\nt3cret-t3cret,b\n");
    Finding found = only("TABLE_COLUMNS");
    assertEquals(4, found.place().orElseThrow().line());
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }
}
