package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.credential.Forge;
import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One defect at a time in a set of kubeadm's shape. */
@Timeout(60)
final class ModernCredentialsTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final List<String> MEMBER = List.of("master-1", "10.0.0.1", "127.0.0.1");

  @TempDir Path root;

  private CredentialFolder folder =
      new CredentialFolder(Path.of("/"), MadeSet.master(Profile.MODERN, "master-1"));

  @BeforeEach
  void place() throws IOException {
    folder = CredentialFolder.made(root, Profile.MODERN, "master-1");
  }

  private Finding only(String code) throws IOException {
    List<Finding> findings = folder.findings();
    assertEquals(List.of(code), findings.stream().map(Finding::code).toList());
    return findings.getFirst();
  }

  private void put(Forge forged, String name) throws IOException {
    forged.over(folder.file(name + ".crt"), folder.file(name + ".key"));
  }

  @Test
  void everyFileOfTheSetIsLookedAt() throws IOException {
    Set<Path> looked =
        new TreeSet<>(
            CredentialInspection.below(root, folder.master(), () -> MadeSet.NOW).watched());
    try (Stream<Path> placed = Files.walk(root)) {
      placed.filter(Files::isRegularFile).forEach(file -> assertTrue(looked.contains(file)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ca.crt",
        "ca.key",
        "apiserver.crt",
        "apiserver.key",
        "apiserver-kubelet-client.crt",
        "front-proxy-ca.crt",
        "front-proxy-client.key",
        "apiserver-etcd-client.crt",
        "sa.key",
        "sa.pub",
        "etcd/ca.crt",
        "etcd/server.crt",
        "etcd/peer.key",
        "etcd/healthcheck-client.crt",
        "../controller-manager.conf",
        "../scheduler.conf",
        "../kubelet.conf"
      })
  void eachMissingFileIsNamed(String name) throws IOException {
    Path file = folder.file(name).normalize();
    Files.delete(file);
    assertEquals(file.toString(), only("CREDENTIAL_MISSING").subject());
  }

  @ParameterizedTest
  @ValueSource(strings = {"front-proxy-ca.key", "etcd/ca.key", "../admin.conf"})
  void whatCanBeKeptElsewhereIsNotMissed(String name) throws IOException {
    Files.delete(folder.file(name));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void etcdsServerWithoutClientAuthMakesTheGatewayUnusable() throws IOException {
    put(MadeSet.authority(Profile.MODERN, "etcd/ca").server().names(MEMBER), "etcd/server");
    Finding found = only("EKU_MISSING");
    assertEquals(Severity.CRITICAL, found.severity());
    assertTrue(found.text().contains("gateway") && found.text().contains("clientAuth"));
  }

  @Test
  void etcdsPeerIsBothServerAndClient() throws IOException {
    put(MadeSet.authority(Profile.MODERN, "etcd/ca").server().names(MEMBER), "etcd/peer");
    assertTrue(only("EKU_MISSING").text().contains("its peers"));
  }

  @Test
  void aClientIsNoServer() throws IOException {
    put(MadeSet.authority(Profile.MODERN, "etcd/ca").server(), "apiserver-etcd-client");
    assertTrue(only("EKU_MISSING").text().contains("clientAuth"));
  }

  @ParameterizedTest
  @CsvSource({
    "etcd/server, 127.0.0.1, SAN_LOOPBACK, CRITICAL",
    "etcd/server, 10.0.0.1, SAN_NODE, WARNING",
    "etcd/peer, 10.0.0.1, SAN_NODE, CRITICAL"
  })
  void etcdLacksAnAddress(String name, String address, String code, Severity severity)
      throws IOException {
    List<String> names = MEMBER.stream().filter(each -> !each.equals(address)).toList();
    put(MadeSet.authority(Profile.MODERN, "etcd/ca").both().names(names), name);
    assertEquals(severity, only(code).severity());
  }

  @Test
  void theAuthoritiesAreNotInterchangeable() throws IOException {
    put(MadeSet.authority(Profile.MODERN, "pki/ca").client(), "apiserver-etcd-client");
    Finding found = only("WRONG_CA");
    assertTrue(found.text().contains("whoever trusts etcd/ca.crt"), found.text());
  }

  @Test
  void thePublicHalfOfAnotherKey() throws IOException {
    CredentialFolder other = CredentialFolder.made(root.resolve("o"), Profile.MODERN, "master-1");
    Files.write(folder.file("sa.key"), Files.readAllBytes(other.file("front-proxy-ca.key")));
    assertTrue(only("SA_KEY_MISMATCH").cure().startsWith("openssl pkey -in "));
  }

  @Test
  void aPublicKeyThatIsNone() throws IOException {
    Files.writeString(folder.file("sa.pub"), "garbage");
    only("CERTIFICATE_MALFORMED");
  }

  private void config(String name, UnaryOperator<String> change) throws IOException {
    Path file = folder.etc(name);
    String before = Files.readString(file);
    String after = change.apply(before);
    assertTrue(!after.equals(before), "the defect is none");
    Files.writeString(file, after);
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.0.0.2:6443, WARNING, another master",
    "https://10.9.9.9:6443, WARNING, neither",
    "https://api.example.com:6443, ADVICE, neither",
    "http://10.0.0.1:8080, CRITICAL, no https address",
    "10.0.0.1, CRITICAL, no https address"
  })
  void aKubeconfigThatLeadsElsewhere(String server, Severity severity, String why)
      throws IOException {
    config("scheduler.conf", text -> text.replace("https://10.0.0.1:6443", server));
    Finding found = only("KUBECONFIG_SERVER");
    assertEquals(severity, found.severity());
    assertTrue(found.text().contains(why), found.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.10:443",
        "https://127.0.0.1:6443",
        "https://master-1",
        "https://[::1]:6443"
      })
  void aKubeconfigThatLeadsHereOrToTheLoadBalancerIsFine(String server) throws IOException {
    config("scheduler.conf", text -> text.replace("https://10.0.0.1:6443", server));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void aKubeconfigThatTrustsAnybody() throws IOException {
    config(
        "scheduler.conf",
        text -> text.replace("    server:", "    insecure-skip-tls-verify: true\n    server:"));
    only("KUBECONFIG_INSECURE");
  }

  @Test
  void aKubeconfigThatTrustsAnotherAuthority() throws IOException {
    String other = base64(Files.readAllBytes(folder.file("etcd/ca.crt")));
    config(
        "scheduler.conf",
        text -> text.replaceAll("authority-data: .*", "authority-data: " + other));
    assertTrue(only("KUBECONFIG_CA").text().contains("the scheduler's access"));
  }

  @Test
  void aKubeconfigWithoutAnAuthority() throws IOException {
    config("scheduler.conf", text -> text.replaceAll(" *certificate-authority-data: .*\n", ""));
    only("KUBECONFIG_CA");
  }

  @Test
  void anExpiredCertificateInAKubeconfig() throws IOException {
    Forge old =
        MadeSet.authority(Profile.MODERN, "pki/ca")
            .client()
            .valid(DAY.multipliedBy(-400), DAY.multipliedBy(-3));
    config(
        "controller-manager.conf",
        text ->
            text.replaceAll(
                    "certificate-data: .*", "certificate-data: " + base64(old.certificatePem()))
                .replaceAll("key-data: .*", "key-data: " + base64(old.keyPem())));
    Finding found = only("CERTIFICATE_EXPIRED");
    assertTrue(found.text().startsWith("controller-manager.conf expired on"), found.text());
    assertTrue(found.cure().contains("kubeadm certs renew controller-manager.conf"), found.cure());
  }

  @Test
  void aKeyOfAnotherInAKubeconfig() throws IOException {
    String other = base64(Files.readAllBytes(folder.file("sa.key")));
    config("scheduler.conf", text -> text.replaceAll("key-data: .*", "key-data: " + other));
    only("KEY_MISMATCH");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token: abcdefghijklmnop",
        "just words that could be a secret",
        "- a\n- b\n",
        "a: [",
        "current-context: gone\n",
        "",
        "a: &x 1\nb: *x\n"
      })
  void aKubeconfigThatIsNone(String text) throws IOException {
    Files.writeString(folder.etc("scheduler.conf"), text);
    Finding found = only("KUBECONFIG_MALFORMED");
    assertTrue(!found.text().contains("secret") && !found.text().contains("abcdef"), found.text());
  }

  @Test
  void embeddedDataThatIsNoBase64() throws IOException {
    config(
        "scheduler.conf", text -> text.replaceAll("client-key-data: .*", "client-key-data: \"A\""));
    only("KUBECONFIG_MALFORMED");
  }

  @Test
  void aKubeconfigWithATokenShowsNoCertificate() throws IOException {
    config(
        "scheduler.conf",
        text ->
            text.replaceAll("client-certificate-data: .*", "token: abcdefghijklmnop")
                .replaceAll(" *client-key-data: .*\n", ""));
    assertEquals(Set.of(), folder.codes());
  }

  /** As the kubelet does it: a link to the newest file, which holds both. */
  private void rotating(Duration since, Duration until) throws IOException {
    Path pki = Files.createDirectories(root.resolve("var/lib/kubelet/pki"));
    Path current = pki.resolve("kubelet-client-current.pem");
    Forge client = MadeSet.authority(Profile.MODERN, "pki/ca").client().valid(since, until);
    Files.writeString(
        pki.resolve("kubelet-client-2026.pem"),
        new String(client.certificatePem(), java.nio.charset.StandardCharsets.US_ASCII)
            + new String(client.keyPem(), java.nio.charset.StandardCharsets.US_ASCII));
    MadeSet.mode(pki.resolve("kubelet-client-2026.pem"), "rw-------");
    Files.createSymbolicLink(current, Path.of("kubelet-client-2026.pem"));
    String path = "/var/lib/kubelet/pki/kubelet-client-current.pem";
    config(
        "kubelet.conf",
        text ->
            text.replaceAll("client-certificate-data: .*", "client-certificate: " + path)
                .replaceAll("client-key-data: .*", "client-key: " + path));
  }

  @Test
  void theKubeletsLinkedCertificateIsFollowed() throws IOException {
    rotating(DAY.multipliedBy(-100), DAY.multipliedBy(265));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void shortLivedCertificatesThatTheKubeletRenewsAreNoAlarm() throws IOException {
    rotating(Duration.ofHours(-12), Duration.ofHours(12));
    assertEquals(Set.of(), folder.codes());
  }

  @Test
  void aKubeletThatDoesNotRenewIsToldOf() throws IOException {
    rotating(Duration.ofHours(-23), Duration.ofMinutes(30));
    Finding found = only("CERTIFICATE_EXPIRES");
    assertEquals(Severity.CRITICAL, found.severity());
    assertTrue(found.cure().contains("journalctl -u kubelet"));
  }

  private static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
