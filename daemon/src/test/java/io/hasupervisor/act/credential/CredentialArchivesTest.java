package io.hasupervisor.act.credential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.host.Command;
import io.hasupervisor.loop.CredentialInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the tar and openssl of this host. */
@Timeout(120)
final class CredentialArchivesTest {
  @TempDir Path directory;

  private static String run(String... argv) throws IOException, InterruptedException {
    Command.Result result = Command.run(List.of(argv), Duration.ofSeconds(60), 1 << 20);
    assertEquals(0, result.exit(), List.of(argv) + ": " + result.output());
    return result.output();
  }

  private Path out() {
    return directory.resolve("out");
  }

  private Map<String, Path> write(Profile profile) throws IOException {
    CredentialArchives archives = new CredentialArchives(out(), profile.credentials());
    archives.prepare();
    return archives.write(MadeSet.of(profile), MadeSet.NOW);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void whatIsMadeIsWellOnEveryMaster(Profile profile) throws Exception {
    Map<String, Path> archives = write(profile);
    assertEquals(MadeSet.MASTERS, List.copyOf(archives.keySet()));
    for (String name : MadeSet.MASTERS) {
      Path root = Files.createDirectory(directory.resolve(name));
      run("tar", "-xzpf", String.valueOf(archives.get(name)), "-C", root.toString());
      List<Finding> findings =
          CredentialInspection.below(root, MadeSet.master(profile, name), () -> MadeSet.NOW)
              .findings();
      assertEquals(List.of(), findings);
    }
  }

  @Test
  void aSetWithoutALoadBalancerIsWellToo() throws Exception {
    Master master = MadeSet.master(Profile.MODERN, "master-2", Optional.empty());
    CredentialSet set =
        CredentialSet.create(
            master,
            new CredentialSet.Lives(MadeSet.NOW, Duration.ofDays(90), Duration.ofDays(900)));
    CredentialArchives archives = new CredentialArchives(out(), master.credentials().directory());
    archives.prepare();
    Path archive = archives.write(set, MadeSet.NOW).get("master-2");
    Path root = Files.createDirectory(directory.resolve("root"));
    run("tar", "-xzpf", String.valueOf(archive), "-C", root.toString());
    assertEquals(List.of(), CredentialInspection.below(root, master, () -> MadeSet.NOW).findings());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void archivesHoldFilesOfRootsForRootAlone(Profile profile) throws Exception {
    String listed = run("tar", "-tvzf", String.valueOf(write(profile).get("master-1")));
    List<String> odd = new ArrayList<>();
    listed
        .lines()
        .filter(line -> !line.matches("(-rw-------|drwx------) root/root .*"))
        .forEach(odd::add);
    assertEquals(List.of(), odd);
    assertFalse(listed.contains(" etc/\n") || listed.contains(" etc/kubernetes/\n"), listed);
  }

  @Test
  void theSeedsKeyOfTheAuthorityIsKeptApart() throws Exception {
    String listed = run("tar", "-tzf", String.valueOf(write(Profile.SEED).get("master-1")));
    assertFalse(listed.contains("ca.key"), listed);
    assertTrue(Files.exists(out().resolve("ca-key/ca.key")));
    assertEquals("rw-------", mode(out().resolve("ca-key/ca.key")));
    assertEquals("rwx------", mode(out().resolve("ca-key")));
    assertEquals("rwx------", mode(out()));
    assertEquals("rw-------", mode(out().resolve("master-1.tar.gz")));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void opensslAcceptsEveryChain(Profile profile) throws Exception {
    for (String name : MadeSet.MASTERS) {
      Path root = Files.createDirectory(directory.resolve(name));
      MadeSet.place(profile, name, root);
      Path in = root.resolve(Path.of("/").relativize(profile.credentials()));
      if (profile == Profile.SEED) {
        verify(in, "ca.crt", "server.cert", "sslserver", "10.0.0.10");
        verify(in, "ca.crt", "kubecfg.crt", "sslclient", "");
      } else {
        verify(in, "ca.crt", "apiserver.crt", "sslserver", "10.0.0.10");
        verify(in, "ca.crt", "apiserver-kubelet-client.crt", "sslclient", "");
        verify(in, "front-proxy-ca.crt", "front-proxy-client.crt", "sslclient", "");
        verify(in, "etcd/ca.crt", "apiserver-etcd-client.crt", "sslclient", "");
        verify(in, "etcd/ca.crt", "etcd/healthcheck-client.crt", "sslclient", "");
        for (String end : List.of("etcd/server.crt", "etcd/peer.crt")) {
          verify(in, "etcd/ca.crt", end, "sslserver", "127.0.0.1");
          verify(in, "etcd/ca.crt", end, "sslclient", "127.0.0.1");
        }
      }
    }
  }

  private static void verify(Path in, String ca, String file, String purpose, String address)
      throws IOException, InterruptedException {
    List<String> argv =
        new ArrayList<>(
            List.of("openssl", "verify", "-x509_strict", "-purpose", purpose, "-CAfile"));
    argv.add(in.resolve(ca).toString());
    if (!address.isEmpty()) {
      argv.addAll(List.of("-verify_ip", address));
    }
    argv.add(in.resolve(file).toString());
    String _ = run(argv.toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void opensslReadsEveryKey(Profile profile) throws Exception {
    MadeSet.place(profile, "master-1", directory);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path key : files.filter(file -> file.toString().endsWith(".key")).toList()) {
        String _ = run("openssl", "pkey", "-noout", "-check", "-in", key.toString());
      }
    }
  }

  @Test
  void theKeyThatSignsTokensIsTheSameOnAllMasters() {
    for (Profile profile : Profile.values()) {
      String key = profile == Profile.SEED ? "server.key" : "sa.key";
      assertArrayEquals(bytes(profile, "master-1", key), bytes(profile, "master-3", key));
    }
  }

  private static byte[] bytes(Profile profile, String master, String name) {
    return MadeSet.of(profile).masters().getOrDefault(master, List.of()).stream()
        .filter(file -> file.path().endsWith(name))
        .findFirst()
        .orElseThrow()
        .bytes();
  }

  @Test
  void aDirectoryThatIsNotEmptyIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectory(out());
    Files.writeString(out().resolve("mine"), "mine");
    IOException refused = assertThrows(IOException.class, () -> write(Profile.SEED));
    assertTrue(String.valueOf(refused.getMessage()).contains("is not empty"));
    try (Stream<Path> left = Files.list(out())) {
      assertEquals(List.of(out().resolve("mine")), left.toList());
    }
  }

  @Test
  void aFileOrALinkInPlaceOfTheDirectoryIsRefused() throws IOException {
    Files.writeString(out(), "mine");
    assertThrows(IOException.class, () -> write(Profile.SEED));
    Files.delete(out());
    Files.createSymbolicLink(out(), Files.createDirectory(directory.resolve("elsewhere")));
    assertThrows(IOException.class, () -> write(Profile.SEED));
  }

  @Test
  void anArchiveThatAppearsMeanwhileIsNotOverwritten() throws IOException {
    CredentialArchives archives = new CredentialArchives(out(), Profile.SEED.credentials());
    archives.prepare();
    Files.writeString(out().resolve("master-2.tar.gz"), "mine");
    assertThrows(IOException.class, () -> archives.write(MadeSet.of(Profile.SEED), MadeSet.NOW));
    assertEquals("mine", Files.readString(out().resolve("master-2.tar.gz")));
  }

  @Test
  void aPathTooLongForTheArchiveLeavesNothingUnderAFinalName() throws IOException {
    CredentialArchives archives = new CredentialArchives(out(), Profile.SEED.credentials());
    archives.prepare();
    CredentialSet set =
        new CredentialSet(
            Map.of(
                "master-1",
                List.of(
                    new CredentialSet.Content(Path.of("/short"), "secret"),
                    new CredentialSet.Content(Path.of("/" + "x".repeat(101)), "secret"))),
            List.of());
    assertThrows(IOException.class, () -> archives.write(set, MadeSet.NOW));
    try (Stream<Path> left = Files.list(out())) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aNodeNameThatLeavesTheDirectoryIsRefused() throws IOException {
    CredentialArchives archives = new CredentialArchives(out(), Profile.SEED.credentials());
    archives.prepare();
    CredentialSet set = new CredentialSet(Map.of("../../evil", List.of()), List.of());
    assertThrows(IOException.class, () -> archives.write(set, MadeSet.NOW));
  }
}
