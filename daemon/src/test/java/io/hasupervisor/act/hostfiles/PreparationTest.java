package io.hasupervisor.act.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Command;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationTest {
  @TempDir Path directory;
  private Path log = Path.of("");
  private Path sound = Path.of("");

  @BeforeEach
  void logs() {
    log = directory.resolve("root/var/log/kube-apiserver.log");
    sound = directory.resolve("root/var/log/kube-scheduler.log");
  }

  private FakeHost host() throws IOException {
    return new FakeHost(directory);
  }

  private static List<String> done(FakeHost host, Manifest... manifests) {
    Preparation.Prepared prepared =
        new Preparation(host.state, host.paths()).carryOut(host.master(), List.of(manifests));
    assertEquals(new Outcome.Done(), prepared.outcome());
    return prepared.made();
  }

  private static String failed(FakeHost host, Manifest... manifests) {
    Outcome outcome =
        new Preparation(host.state, host.paths()).prepare(host.master(), List.of(manifests));
    return assertInstanceOf(Outcome.Failed.class, outcome).why();
  }

  private Manifest logging() {
    return FakeHost.manifest(log, "");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void makesALogAsAFileBeforeDockerMakesItADirectory() throws Exception {
    List<String> made = done(host(), logging());
    assertEquals("log file " + log, made.getLast());
    assertTrue(Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS));
    assertEquals("rw-r-----", mode(log));
    assertEquals(List.of(), done(host(), logging()));
  }

  @Test
  void leavesALogThatIsThereAsItIs() throws Exception {
    Files.createDirectories(log.getParent());
    Files.writeString(log, "said before");
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertEquals(List.of(), done(host(), logging()));
    assertEquals("said before", Files.readString(log));
    assertEquals("rw-rw-rw-", mode(log));
  }

  @Test
  void refusesADirectoryInALogsPlaceAndNeverRemovesIt() throws Exception {
    Files.createDirectories(log);
    String empty = failed(host(), logging());
    assertTrue(empty.contains("rmdir " + log + " && install -m 0640 /dev/null " + log), empty);
    assertTrue(empty.contains("LOG_IS_DIRECTORY"), empty);
    Files.createFile(log.resolve("something"));
    String full = failed(host(), logging());
    assertFalse(full.contains("rmdir"), full);
    assertTrue(full.contains("mv " + log + " " + log + ".old && "), full);
    assertTrue(Files.isDirectory(log));
  }

  @Test
  void theCureOfADirectoryMakesPreparingSucceed() throws Exception {
    Files.createDirectories(log);
    String why = failed(host(), logging());
    String cure = why.substring(why.indexOf("cure: ") + 6, why.lastIndexOf(')'));
    Command.run(List.of("/bin/sh", "-c", cure), Duration.ofSeconds(20), 4096);
    assertEquals(List.of(), done(host(), logging()));
  }

  @Test
  void refusesALinkOrPipeInALogsPlace() throws Exception {
    Files.createDirectories(log.getParent());
    Path victim = Files.createFile(directory.resolve("victim"));
    Files.createSymbolicLink(log, victim);
    assertTrue(failed(host(), logging()).contains("a symbolic link"));
    Files.delete(log);
    Files.createSymbolicLink(log, directory.resolve("dangling"));
    assertTrue(failed(host(), logging()).contains("LOG_IS_NO_FILE"));
    assertFalse(Files.exists(directory.resolve("dangling")));
    Files.delete(log);
    Command.run(List.of("mkfifo", log.toString()), Duration.ofSeconds(20), 100);
    assertTrue(failed(host(), logging()).contains("a pipe"));
  }

  @Test
  void makesNothingWhereOneThingIsRefused() throws Exception {
    Files.createDirectories(log);
    String why = failed(host(), FakeHost.manifest(sound, "File"), logging());
    assertTrue(why.contains(log.toString()), why);
    assertFalse(Files.exists(sound));
  }

  @Test
  void saysWhatCouldNotBeMade() throws Exception {
    Path file = host().file("/var/log", "a file where the directory should be");
    String why = failed(host(), logging());
    assertTrue(why.contains(file.toString()), why);
  }

  @Test
  void makesTheDataDirectoryOnceAndForRootAlone() throws Exception {
    FakeHost host = host();
    assertEquals("directory " + host.data(), done(host, host.etcd()).getLast());
    assertEquals("rwx------", mode(host.data()));
    assertEquals(List.of(), done(host, host.etcd()));
  }

  @Test
  void doesNotTouchDataThatNoManifestMounts() throws Exception {
    FakeHost host = host();
    Files.createDirectories(host.data().getParent());
    Files.createFile(host.data());
    done(host, logging());
    assertTrue(failed(host, host.etcd()).contains("DATA_NO_DIRECTORY"));
  }

  @Test
  void doesNotChangeTheModeOfADataDirectoryThatIsThere() throws Exception {
    FakeHost host = host();
    Files.createDirectories(host.data());
    Files.setPosixFilePermissions(host.data(), PosixFilePermissions.fromString("rwxr-xr-x"));
    done(host, host.etcd());
    assertEquals("rwxr-xr-x", mode(host.data()));
  }
}
