package io.hasupervisor.observe.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.loop.CredentialFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secrets are compared between masters, and never shown. */
final class FingerprintsTest {
  private static final String ENCRYPTION = "etc/kubernetes/encryption.yaml";

  @TempDir private Path directory;

  private CredentialFolder folder(Profile profile, String name) throws IOException {
    return CredentialFolder.made(directory.resolve(name), profile, name);
  }

  private static Map<String, String> fingerprints(CredentialFolder folder) throws IOException {
    Map<String, String> found = Fingerprints.of(SharedFiles.of(folder.master(), folder.root()));
    folder.holdsNoSecret(found.toString());
    return found;
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void mastersOfOneClusterHaveTheSame(Profile profile) throws IOException {
    Map<String, String> one = fingerprints(folder(profile, "master-1"));
    assertEquals(one, fingerprints(folder(profile, "master-2")));
    Set<String> seed =
        Set.of("ca.crt", "ca.key", "server.key", "known_tokens.csv", "basic_auth.csv");
    Set<String> modern = Set.of("ca.crt", "ca.key", "sa.key", "front-proxy-ca.crt");
    assertEquals(profile == Profile.SEED ? seed : modern, one.keySet());
    assertTrue(
        one.values().stream().allMatch(it -> it.matches("[0-9a-f]{16}|none")), one::toString);
  }

  @Test
  void aFileThatDiffersDiffersAloneAndOneThatIsAwayIsAbsent() throws IOException {
    Map<String, String> one = fingerprints(folder(Profile.SEED, "master-1"));
    CredentialFolder other = folder(Profile.SEED, "master-2");
    Files.writeString(other.file("known_tokens.csv"), "secret-of-another,admin,admin\n");
    Files.deleteIfExists(other.file("basic_auth.csv"));
    Map<String, String> two = fingerprints(other);
    assertNotEquals(one.get("known_tokens.csv"), two.get("known_tokens.csv"));
    assertEquals("none", two.get("basic_auth.csv"));
    assertEquals(one.get("server.key"), two.get("server.key"));
  }

  @Test
  void withoutAUsableSigningKeyThereAreNone() throws IOException {
    CredentialFolder folder = folder(Profile.SEED, "master-1");
    Files.writeString(folder.file("server.key"), "garbage");
    assertEquals(Map.of("server.key", "none"), fingerprints(folder));
    Files.delete(folder.file("server.key"));
    assertEquals(Map.of("server.key", "none"), fingerprints(folder));
  }

  @Test
  void noneIsABareHashOfItsFile() throws IOException {
    CredentialFolder folder = folder(Profile.SEED, "master-1");
    for (Map.Entry<String, String> it : fingerprints(folder).entrySet()) {
      if (Files.exists(folder.file(it.getKey()))) {
        byte[] content = Files.readAllBytes(folder.file(it.getKey()));
        assertFalse(Manifest.sha256(content).contains(it.getValue()));
      }
    }
  }

  @Test
  void theSameContentInTwoFilesDoesNotShowAsTheSame() throws IOException {
    CredentialFolder folder = folder(Profile.SEED, "master-1");
    Files.writeString(folder.file("known_tokens.csv"), "a,b,c\n");
    Files.writeString(folder.file("basic_auth.csv"), "a,b,c\n");
    Map<String, String> found = fingerprints(folder);
    assertNotEquals(found.get("known_tokens.csv"), found.get("basic_auth.csv"));
  }

  @Test
  void howLinesEndIsNoDifference() throws IOException {
    CredentialFolder folder = folder(Profile.SEED, "master-1");
    Map<String, String> before = fingerprints(folder);
    for (String name : new TreeSet<>(before.keySet())) {
      if (Files.exists(folder.file(name))) {
        String text = Files.readString(folder.file(name), StandardCharsets.ISO_8859_1);
        Files.writeString(
            folder.file(name), text.replace("\n", " \r\n") + "\n", StandardCharsets.ISO_8859_1);
      }
    }
    assertEquals(before, fingerprints(folder));
  }

  @Test
  void aLinkAndADirectoryAreNotReadAndSoNotCompared() throws IOException {
    CredentialFolder folder = folder(Profile.SEED, "master-1");
    Path real = directory.resolve("elsewhere");
    Files.move(folder.file("ca.crt"), real);
    Files.createSymbolicLink(folder.file("ca.crt"), real);
    Files.delete(folder.file("known_tokens.csv"));
    Files.createDirectory(folder.file("known_tokens.csv"));
    assertEquals(Set.of("server.key", "ca.key", "basic_auth.csv"), fingerprints(folder).keySet());
  }

  @Test
  void theConfigurationOfEncryptionIsFoundByTheApiserversManifest() throws IOException {
    CredentialFolder folder = folder(Profile.MODERN, "master-1");
    Path manifests = Files.createDirectories(folder.root().resolve("etc/kubernetes/manifests"));
    Files.writeString(
        manifests.resolve("kube-apiserver.yaml"),
        "    - --encryption-provider-config=/" + ENCRYPTION + "\n");
    assertEquals("none", fingerprints(folder).get("encryption-config"));
    Files.writeString(folder.root().resolve(ENCRYPTION), "kind: EncryptionConfiguration\n");
    String found = fingerprints(folder).get("encryption-config");
    assertTrue(found != null && found.matches("[0-9a-f]{16}"), found);
    assertTrue(
        SharedFiles.of(folder.master(), folder.root())
            .watched()
            .contains(folder.root().resolve(ENCRYPTION)));
  }

  @Test
  void masterOfAnotherClusterHasNoneOfThem() throws IOException {
    Map<String, String> seed = fingerprints(folder(Profile.SEED, MadeSet.MASTERS.get(0)));
    Map<String, String> modern = fingerprints(folder(Profile.MODERN, MadeSet.MASTERS.get(1)));
    assertTrue(
        seed.values().stream().filter(it -> !it.equals("none")).noneMatch(modern::containsValue));
  }
}
