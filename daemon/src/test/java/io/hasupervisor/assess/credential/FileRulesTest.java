package io.hasupervisor.assess.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.credential.FileRules.Holds;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.credential.FileSeen;
import io.hasupervisor.observe.credential.FileSeen.Access;
import io.hasupervisor.observe.credential.FileSeen.Read;
import io.hasupervisor.observe.credential.Need;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test without root's rights cannot put on disk. */
final class FileRulesTest {
  private static final Path IN = Path.of("/etc/kubernetes/pki");

  private static FileSeen<Boolean> file(Path path, int mode, long owner) {
    return new FileSeen<>(
        path,
        Optional.of(new Access(mode, owner, MadeSet.NOW, Optional.empty())),
        new Read<>(true));
  }

  private static List<Finding> ofKey(long owner, long user) {
    Findings findings = new Findings();
    new FileRules(findings, new Cures(MadeSet.master(Profile.MODERN, "master-1")), IN, user)
        .file(file(IN.resolve("sa.key"), 0600, owner), Holds.SECRET, Need.REQUIRED, "it");
    return findings.all();
  }

  @Test
  void aFileOfSomebodyElsesIsToldOf() {
    Finding found = ofKey(12345, 0).getFirst();
    assertEquals("CREDENTIAL_OWNER", found.code());
    assertTrue(found.text().contains("uid 12345"));
    assertEquals("chown root:root /etc/kubernetes/pki/sa.key", found.cure());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 12345})
  void rootAndWhoLooksMayOwnIt(long owner) {
    assertEquals(List.of(), ofKey(owner, 12345));
  }

  @ParameterizedTest
  @CsvSource({
    "MODERN, 0755, ADVICE",
    "MODERN, 0770, WARNING",
    "MODERN, 0702, WARNING",
    "SEED, 0755, WARNING"
  })
  void anOpenDirectoryWeighsMoreWhereItCanBeWritten(
      Profile profile, String mode, Severity severity) {
    Findings findings = new Findings();
    boolean there =
        new FileRules(findings, new Cures(MadeSet.master(profile, "master-1")), IN, 0)
            .directory(file(IN, Integer.parseInt(mode, 8), 0), profile);
    assertTrue(there);
    assertEquals(severity, findings.all().getFirst().severity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0700", "0750", "0500"})
  void aNarrowDirectoryIsFine(String mode) {
    Findings findings = new Findings();
    assertTrue(
        new FileRules(findings, new Cures(MadeSet.master(Profile.SEED, "master-1")), IN, 0)
            .directory(file(IN, Integer.parseInt(mode, 8), 0), Profile.SEED));
    assertEquals(List.of(), findings.all());
  }
}
