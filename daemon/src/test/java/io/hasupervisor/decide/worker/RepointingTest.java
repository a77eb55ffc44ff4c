package io.hasupervisor.decide.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.worker.Pointer;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.observe.worker.ClientFile;
import io.hasupervisor.observe.worker.ClientSeen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepointingTest {
  private static final Path FLAGS = Path.of("/etc/default/kubelet");
  private static final Path CONFIG = Path.of("/etc/kubernetes/kubelet.conf");
  private static final String LB = "https://10.0.0.10:6443";

  private static final String KUBECONFIG =
      """
      # Schlüssel nicht anfassen
      apiVersion: v1
      clusters:
      - name: other
        cluster: {server: "https://10.0.0.1:6443"}
      - cluster:
          certificate-authority-data: LS0tLS1CRUdJTg==
          server: https://10.0.0.1:6443   # the first master
        name: ours
      contexts:
      - context: {cluster: ours, user: node}
        name: node@ours
      - context: {cluster: other, user: node}
        name: node@other
      current-context: node@ours
      kind: Config
      users:
      - name: node
        user: {client-key-data: c2VjcmV0}
      """;

  private static Repointing repoint(Path file, String utf8, String url) {
    ClientFile read = ClientFile.of(file, SmallFile.characters(utf8));
    ClientFile none = new ClientFile.Absent(CONFIG);
    ClientSeen seen =
        read instanceof ClientFile.Flags
            ? new ClientSeen("kubelet", List.of(read), List.of(), none, true)
            : new ClientSeen("kubelet", List.of(), List.of(), read, true);
    return Repointing.of(Pointer.of(seen), url);
  }

  private static String changed(Path file, String utf8, String url) {
    return switch (repoint(file, utf8, url)) {
      case Repointing.Changed it -> SmallFile.utf8(it.edit().after());
      case Repointing.Right right -> throw new AssertionError(right);
      case Repointing.Refused refused -> throw new AssertionError(refused);
    };
  }

  static String seed() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            RepointingTest.class.getResourceAsStream("/io/hasupervisor/worker/default-kubelet"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theSeedsFileGetsTheAddressWhereItAsksForIt() throws IOException {
    assertEquals(
        seed().replace("<insert-ip-here>", "10.0.0.10"),
        changed(FLAGS, seed(), "https://10.0.0.10"));
    assertEquals(
        seed()
            .replace("<insert-ip-here>", "10.0.0.10")
            .replace("https://${MASTER_IP} ", "https://${MASTER_IP}:6443 "),
        changed(FLAGS, seed(), LB));
  }

  @Test
  void aVariableThatIsUsedElsewhereIsLeft() {
    String text = "M=10.0.0.1\nDAEMON_ARGS=\"--api-servers=https://$M --hostname-override=$M\"\n";
    assertEquals(
        "M=10.0.0.1\nDAEMON_ARGS=\"--api-servers=" + LB + " --hostname-override=$M\"\n",
        changed(FLAGS, text, LB));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DAEMON_ARGS=\"--api-servers=https://10.0.0.1\" | DAEMON_ARGS=\"--api-servers=URL\"",
        "DAEMON_ARGS=\"--v=2 --api-servers https://10.0.0.1\" | DAEMON_ARGS=\"--v=2 --api-servers"
            + " URL\"",
        "KUBELET_OPTS='--api-servers=http://a:8080,http://b:8080 -v=2' |"
            + " KUBELET_OPTS='--api-servers=URL -v=2'",
        "KUBELET_API_SERVER=--api-servers=https://m | KUBELET_API_SERVER=--api-servers=URL",
        "MASTER_IP=10.0.0.1;A=\"--api-servers=https://$MASTER_IP:6443\" |"
            + " MASTER_IP=10.0.0.10;A=\"--api-servers=https://$MASTER_IP:6443\""
      })
  void ofAFlagOnlyTheValueChanges(String before, String after) {
    assertEquals(after.replace("URL", LB) + "\n", changed(FLAGS, before + "\n", LB));
  }

  @Test
  void ofAKubeconfigOnlyTheServerOfTheCurrentContextChanges() {
    assertEquals(
        KUBECONFIG.replace(
            "server: https://10.0.0.1:6443   #", "server: https://lb.example.com:8443   #"),
        changed(CONFIG, KUBECONFIG, "https://lb.example.com:8443"));
  }

  @Test
  void aQuotedServerStaysQuotedAndJsonStaysJson() {
    String context = "contexts: [{name: c, context: {cluster: k, user: u}}]\ncurrent-context: c\n";
    for (String quote : List.of("\"", "'")) {
      String before =
          "clusters: [{name: k, cluster: {server: " + quote + "https://a" + quote + "}}]\r\n";
      assertEquals(
          before.replace("https://a", LB) + context, changed(CONFIG, before + context, LB));
    }
    String json =
        "{\"clusters\":[{\"name\":\"k\",\"cluster\":{\"server\":\"https://a\"}}],\"contexts\":"
            + "[{\"name\":\"c\",\"context\":{\"cluster\":\"k\"}}],\"current-context\":\"c\"}";
    assertEquals(json.replace("https://a", LB), changed(CONFIG, json, LB));
  }

  @Test
  void anIpv6AddressIsQuotedWhereItsBracketsWouldBeYaml() {
    String before =
        """
        clusters: [{name: k, cluster: {server: https://a}}]
        contexts: [{name: c, context: {cluster: k}}]
        current-context: c
        """;
    assertEquals(
        before.replace("https://a", "\"https://[fd00::10]:6443\""),
        changed(CONFIG, before, "https://[fd00::10]:6443"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://10.0.0.1:6443", "HTTPS://10.0.0.1:6443/"})
  void anAddressThatMeansTheSameIsRight(String url) {
    assertInstanceOf(Repointing.Right.class, repoint(CONFIG, KUBECONFIG, url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/etc/default/kubelet:2 | is no assignment | A=\"--api-servers=https://a\"NLif true; then",
        "/etc/default/kubelet:1 | never closed | A=\"--api-servers=https://a",
        "/etc/default/kubelet:2 | several places |"
            + " A=\"--api-servers=https://a\"NLB=\"--api-servers=https://b\"",
        "/etc/default/kubelet | nothing here tells | A=\"--v=2\"",
        "/etc/default/kubelet:1 | not changed here | A=\"--api-servers=\"'https://a'",
      })
  void whatCannotBeChangedSafelyIsRefusedWithItsPlace(String place, String why, String text) {
    Repointing.Refused refused =
        assertInstanceOf(
            Repointing.Refused.class, repoint(FLAGS, text.replace("NL", "\n") + "\n", LB));
    assertEquals(place, Pointer.shown(refused.place()));
    assertTrue(refused.why().contains(why), refused.why());
    assertTrue(!refused.cure().isEmpty());
  }

  @Test
  void aKubeconfigWithAliasesIsRefusedWithoutAWordOfIt() {
    Repointing.Refused refused =
        assertInstanceOf(
            Repointing.Refused.class,
            repoint(CONFIG, "clusters: &secret [a]\nusers: *secret\n", LB));
    assertEquals(CONFIG + ":1", Pointer.shown(refused.place()));
    assertEquals("it is no kubeconfig that can be read", refused.why());
  }
}
