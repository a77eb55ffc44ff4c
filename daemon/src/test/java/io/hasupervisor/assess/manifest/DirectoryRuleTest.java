package io.hasupervisor.assess.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.observe.manifest.Access;
import io.hasupervisor.observe.manifest.DirectoryOwner;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DirectoryRuleTest {
  private static final Path DIRECTORY = Path.of("/etc/kubernetes/manifests");
  private static final Duration NOW = Duration.ofSeconds(1000);
  private static final Manifest ETCD = new Manifest("etcd", "", "etcd\n");
  private static final Access ROOTS = new Access(0, 0600);

  private static FileSeen file(
      String name, Optional<String> sha256, String pod, Access access, Integer... ports) {
    return new FileSeen(
        name,
        sha256,
        Optional.of(pod),
        List.of(ports),
        false,
        Optional.of(access),
        false,
        Duration.ofSeconds(10),
        Optional.empty());
  }

  private static FileSeen ours(Integer... ports) {
    return file("etcd.yaml", Optional.of(ETCD.sha256()), "kube-system/etcd", ROOTS, ports);
  }

  private static FileSeen other(String name, String pod, Integer... ports) {
    return file(name, Optional.of("00"), pod, ROOTS, ports);
  }

  private static FileSeen broken(Duration changedAt) {
    return new FileSeen(
        "x.yaml",
        Optional.of("00"),
        Optional.empty(),
        List.of(),
        false,
        Optional.of(ROOTS),
        false,
        changedAt,
        Optional.of("line 3: is not YAML"));
  }

  private static DirectorySeen seen(Access access, FileSeen... files) {
    return new DirectorySeen(
        DIRECTORY,
        Optional.empty(),
        Optional.of(access),
        Optional.empty(),
        Arrays.asList(files),
        NOW);
  }

  private static List<Finding> found(FileSeen... files) {
    return DirectoryRule.findings(List.of(ETCD), seen(new Access(0, 0700), files), NOW);
  }

  private static Finding one(String code, Severity severity, FileSeen... files) {
    List<Finding> found = found(files);
    assertEquals(List.of(code), found.stream().map(Finding::code).toList());
    assertEquals(severity, found.getFirst().severity());
    return found.getFirst();
  }

  @Test
  void findsNothingWhereAllIsAsPlaced() {
    assertEquals(List.of(), found(ours(2380)));
  }

  @Test
  void findsAForeignFile() {
    Finding finding =
        one("FOREIGN_MANIFEST", Severity.WARNING, ours(), other("web.yaml", "default/web"));
    assertTrue(finding.text().contains("/etc/kubernetes/manifests/web.yaml"), finding.text());
    assertTrue(finding.text().contains("default/web"), finding.text());
  }

  @Test
  void showsAHostileNameHarmless() {
    Finding finding =
        one("FOREIGN_MANIFEST", Severity.WARNING, ours(), other("w\u001b[2J\n.yaml", "a/b"));
    assertTrue(finding.text().codePoints().noneMatch(c -> c < ' '), finding.text());
  }

  @Test
  void callsNothingForeignBeforeAnythingWasPlaced() {
    assertEquals(
        List.of(),
        DirectoryRule.findings(List.of(), seen(new Access(0, 0700), other("a", "b/c")), NOW));
  }

  @Test
  void saysWhichOfTwoFilesOfOnePodTheKubeletRuns() {
    for (String name : List.of("a.yaml", "etcd.yaml~")) {
      FileSeen copy = other(name, "kube-system/etcd");
      FileSeen[] both =
          name.startsWith("a") ? new FileSeen[] {copy, ours()} : new FileSeen[] {ours(), copy};
      List<Finding> found = found(both);
      Finding finding = found.getFirst();
      assertEquals("DUPLICATE_POD", finding.code());
      assertEquals(Severity.CRITICAL, finding.severity());
      assertEquals(name, finding.subject());
      assertTrue(finding.text().endsWith("by name, " + both[1].name() + "."), finding.text());
    }
  }

  @Test
  void warnsOfTwoForeignFilesOfOnePod() {
    List<Finding> found = found(ours(), other("x", "a/b"), other("y", "a/b"));
    assertEquals(
        List.of("FOREIGN_MANIFEST", "FOREIGN_MANIFEST", "DUPLICATE_POD"),
        found.stream().map(Finding::code).toList());
    assertEquals(Severity.WARNING, found.getLast().severity());
  }

  @Test
  void findsAPodThatWantsAPortOfOurs() {
    Finding finding = found(ours(2380, 4001), other("x.yaml", "a/b", 80, 4001)).getFirst();
    assertEquals("HOST_PORT_CLASH", finding.code());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertTrue(finding.text().contains("port 4001"), finding.text());
  }

  @Test
  void waitsAMinuteForAFileThatIsBeingWritten() {
    assertEquals(List.of(), found(ours(), broken(NOW.minusSeconds(60))));
    Finding finding =
        one("MANIFEST_UNREADABLE", Severity.WARNING, ours(), broken(NOW.minusSeconds(61)));
    assertTrue(finding.text().contains("line 3: is not YAML"), finding.text());
  }

  @Test
  void findsDriftAlsoOfAFileThatCannotBeRead() {
    one("DRIFT", Severity.WARNING, file("etcd.yaml", Optional.of("00"), "kube-system/etcd", ROOTS));
    one("DRIFT", Severity.WARNING, file("etcd.yaml", Optional.empty(), "a/b", ROOTS));
  }

  @Test
  void findsOneOfOursMissing() {
    Finding finding = one("MANIFEST_MISSING", Severity.CRITICAL);
    assertEquals("etcd.yaml", finding.subject());
  }

  @Test
  void findsFilesThatOthersCanReadOrWrite() {
    Optional<String> hash = Optional.of(ETCD.sha256());
    one("MANIFEST_MODE", Severity.WARNING, file("etcd.yaml", hash, "a/b", new Access(0, 0640)));
    one("MANIFEST_OWNER", Severity.CRITICAL, file("etcd.yaml", hash, "a/b", new Access(9, 0600)));
  }

  @Test
  void findsADirectoryThatOthersCanReadOrWrite() {
    assertEquals(List.of("MANIFEST_DIRECTORY_MODE WARNING"), ofDirectory(new Access(0, 0755)));
    assertEquals(List.of("MANIFEST_DIRECTORY_OWNER CRITICAL"), ofDirectory(new Access(7, 0700)));
  }

  private static List<String> ofDirectory(Access access) {
    return DirectoryRule.findings(List.of(ETCD), seen(access, ours()), NOW).stream()
        .map(it -> it.code() + " " + it.severity())
        .toList();
  }

  @Test
  void findsALinkAndTellsHowToReplaceItInOneStep() {
    FileSeen it = ours();
    FileSeen link =
        new FileSeen(
            it.name(),
            it.sha256(),
            it.pod(),
            List.of(),
            false,
            it.access(),
            true,
            it.changedAt(),
            Optional.empty());
    Finding finding = one("MANIFEST_LINK", Severity.WARNING, link);
    assertTrue(finding.cure().contains("mv -T"), finding.cure());
  }

  @Test
  void saysWhoseDirectoryItIsInsteadOfCallingItsFilesForeign() {
    DirectorySeen seen =
        new DirectorySeen(
            DIRECTORY,
            Optional.empty(),
            Optional.of(new Access(0, 0700)),
            Optional.of(new DirectoryOwner("kubeadm", "an annotation")),
            List.of(ours(), other("web.yaml", "default/web")),
            NOW);
    List<Finding> found = DirectoryRule.findings(List.of(ETCD), seen, NOW);
    assertEquals(List.of("MANIFESTS_OF_ANOTHER_TOOL"), found.stream().map(Finding::code).toList());
  }

  @Test
  void saysWhyItKnowsNothing() {
    DirectorySeen seen =
        new DirectorySeen(
            DIRECTORY,
            Optional.of("no such file or directory"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            NOW);
    List<Finding> found = DirectoryRule.findings(List.of(ETCD), seen, NOW);
    assertEquals("MANIFEST_DIRECTORY_UNREADABLE", found.getFirst().code());
    assertEquals(1, found.size());
  }

  @Test
  void tellsTheWorstFirstAndNoMoreThanAPersonReads() {
    FileSeen[] many = new FileSeen[200];
    Arrays.setAll(many, i -> other("f" + i, "same/pod"));
    List<Finding> found = found(many);
    assertEquals(DirectoryRule.LIMIT, found.size());
    assertEquals("MANIFEST_MISSING", found.getFirst().code());
  }
}
