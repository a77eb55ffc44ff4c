package io.hasupervisor.act.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevisionStoreTest {
  private static final Instant AT = Instant.parse("2026-11-24T21:00:00Z");

  @TempDir Path state;

  private RevisionStore store() {
    return new RevisionStore(state, Duration.ofMillis(50));
  }

  private Revision put(int version) throws IOException {
    return store().store(Sets.version(version), "root", "version " + version, AT);
  }

  private Path path(String name) {
    return state.resolve("manifests").resolve(name);
  }

  private List<Integer> numbers() throws IOException {
    return store().all().stream().map(Revision::number).toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(state.resolve("manifests"))) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }

  @Test
  void readsBackWhatItStored() throws IOException {
    Revision stored = put(1);
    assertEquals(new Revision(1, AT, "root", "version 1", Sets.version(1)), stored);
    assertEquals(Optional.of(stored), store().read(1));
    assertEquals(List.of(stored), store().all());
    assertEquals(Optional.empty(), store().read(2));
  }

  @Test
  void isEmptyAndMakesNothingWhereNothingWasEverStored() throws IOException {
    assertEquals(List.of(), store().all());
    assertEquals(Optional.empty(), store().read(1));
    assertEquals(Optional.empty(), store().current());
    assertEquals(Optional.empty(), store().lastKnownGood());
    assertTrue(Files.notExists(state.resolve("manifests")));
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    put(1);
    store().current(1);
    for (String directory : List.of("", "rev-1")) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(path(directory))));
    }
    for (String file : List.of("rev-1/meta.json", "rev-1/etcd.yaml", "lock")) {
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path(file))));
    }
  }

  @Test
  void givesTheSameFilesNoSecondNumber() throws IOException {
    Revision first = put(1);
    assertEquals(first, store().store(Sets.version(1), "other", "again", AT.plusSeconds(1)));
    assertEquals(2, put(2).number());
    assertEquals(3, put(1).number());
  }

  @Test
  void namesTheCurrentAndTheLastKnownGood() throws IOException {
    put(1);
    put(2);
    store().current(2);
    store().lastKnownGood(1);
    store().current(1);
    store().current(2);
    assertEquals(Optional.of(2), store().current());
    assertEquals(Optional.of(1), store().lastKnownGood());
    assertEquals("rev-2", Files.readSymbolicLink(path("current")).toString());
    IOException e = assertThrows(IOException.class, () -> store().current(3));
    assertTrue(String.valueOf(e.getMessage()).contains("no revision 3"), e.getMessage());
    assertEquals(Optional.of(2), store().current());
  }

  @Test
  void keepsTenAndThoseInUse() throws IOException {
    for (int version = 1; version <= 14; version++) {
      put(version);
      if (version == 2) {
        store().lastKnownGood(2);
      }
      if (version == 3) {
        store().current(3);
      }
    }
    List<Integer> kept = new ArrayList<>(List.of(2, 3));
    kept.addAll(IntStream.rangeClosed(5, 14).boxed().toList());
    assertEquals(kept, numbers());
  }

  @Test
  void keepsAnOldRevisionWithSomethingInItThatIsNotOurs() throws IOException {
    put(1);
    Files.createDirectory(path("rev-1/notes"));
    for (int version = 2; version <= 12; version++) {
      put(version);
    }
    assertTrue(numbers().contains(1));
  }

  @Test
  void takesNoNumberAgainThatWasInUse() throws IOException {
    put(1);
    put(2);
    store().lastKnownGood(2);
    for (String name :
        List.of(
            "etcd.yaml",
            "kube-apiserver.yaml",
            "kube-controller-manager.yaml",
            "kube-scheduler.yaml",
            "meta.json")) {
      Files.delete(path("rev-2").resolve(name));
    }
    Files.delete(path("rev-2"));
    assertEquals(3, put(3).number());
  }

  @Test
  void removesWhatACrashLeftAndNothingElse() throws IOException {
    put(1);
    Files.createDirectory(path(".rev-2.new"));
    Files.writeString(path(".rev-2.new/etcd.yaml"), "half");
    Files.createDirectory(path(".rev-0.gone"));
    Files.writeString(path(".rev-0.gone/meta.json"), "{");
    Files.createSymbolicLink(path(".current.link"), Path.of("rev-2"));
    Files.writeString(path("notes.txt"), "somebody's");
    Path elsewhere = Files.createDirectory(state.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "precious");
    Files.createSymbolicLink(path(".rev-9.new"), elsewhere);
    assertEquals(List.of(1), numbers());
    assertEquals(2, put(2).number());
    store().current(2);
    assertEquals(List.of(".rev-9.new", "current", "lock", "notes.txt", "rev-1", "rev-2"), names());
    assertTrue(Files.exists(elsewhere.resolve("precious")));
  }

  @Test
  void saysWhoIsWritingAndReadsAllTheSame() throws IOException {
    put(1);
    try (ProcessLock _ = ProcessLock.take(path("lock"), Duration.ZERO)) {
      IOException e = assertThrows(IOException.class, () -> put(2));
      assertTrue(
          String.valueOf(e.getMessage()).contains("pid " + ProcessHandle.current().pid()),
          e.getMessage());
      assertEquals(List.of(1), numbers());
    }
    assertEquals(2, put(2).number());
  }

  @Test
  void twoWritersAtOnceGetTwoNumbers() throws IOException {
    List<CompletableFuture<Revision>> writers =
        IntStream.rangeClosed(1, 4)
            .mapToObj(
                version ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return new RevisionStore(state)
                                .store(Sets.version(version), "root", "", AT);
                          } catch (IOException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    assertEquals(
        List.of(1, 2, 3, 4), writers.stream().map(it -> it.join().number()).sorted().toList());
    assertEquals(List.of(1, 2, 3, 4), numbers());
  }

  @Test
  void refusesSetsThatCannotBeFiles() {
    Manifest etcd = Sets.manifest("etcd", 1);
    for (List<Manifest> bad :
        List.of(
            List.<Manifest>of(),
            List.of(etcd, etcd),
            List.of(new Manifest("../etcd", "", "x")),
            List.of(new Manifest(".etcd", "", "x")),
            List.of(new Manifest("a/b", "", "x")),
            List.of(new Manifest("", "", "x")),
            List.of(new Manifest("etcd", "", "x".repeat((1 << 20) + 1))))) {
      assertThrows(IOException.class, () -> store().store(bad, "root", "", AT));
    }
    assertTrue(Files.notExists(state.resolve("manifests"), LinkOption.NOFOLLOW_LINKS));
  }
}
