package io.hasupervisor.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that changed is told once, and a touch is not. */
final class FileChangesTest {
  @TempDir Path directory;
  private Path file;
  private FileChanges changes;
  private final BlockingQueue<Path> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void watchOneFile() throws IOException {
    file = directory.resolve("docker.service");
    Files.writeString(file, "ExecStart=/usr/bin/dockerd\n");
    touch(100);
    changes = new FileChanges(List.of(file), Duration.ofMillis(20), told::add);
    changes.begin();
  }

  /** Times are set by hand: two writes of a test may fall into one tick of the file system. */
  private void touch(long second) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  private void write(String content, long second) throws IOException {
    Files.writeString(file, content);
    touch(second);
  }

  @Test
  void changedContentIsToldOnceItStandsStill() throws IOException {
    write("ExecStart=/usr/bin/dockerD\n", 200);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(file), changes.look());
    assertEquals(List.of(), changes.look());
  }

  @Test
  void aTouchIsNoChange() throws IOException {
    touch(200);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(), changes.look());
    write("ExecStart=/usr/bin/dockerD\n", 300);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(file), changes.look());
  }

  @Test
  void theSameContentInANewFileIsNoChange() throws IOException {
    Path copy = Files.copy(file, directory.resolve("new"));
    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(), changes.look());
  }

  @Test
  void aFileBeingWrittenIsToldAtItsEndOnly() throws IOException {
    for (int second = 200; second < 210; second++) {
      write("part " + second, second);
      assertEquals(List.of(), changes.look());
    }
    assertEquals(List.of(file), changes.look());
  }

  @Test
  void vanishingAndAppearingAreChanges() throws IOException {
    Files.delete(file);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(file), changes.look());
    write("", 100);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(file), changes.look());
  }

  @Test
  void aFileReplacedByWayOfNothingIsNoChange() throws IOException {
    String content = Files.readString(file);
    Files.delete(file);
    assertEquals(List.of(), changes.look());
    write(content, 200);
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(), changes.look());
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    FileChanges linked = new FileChanges(List.of(link), Duration.ofSeconds(5), told::add);
    linked.begin();
    write("ExecStart=/usr/bin/dockerD\n", 200);
    assertEquals(List.of(), linked.look());
    assertEquals(List.of(link), linked.look());
  }

  @Test
  void aPipeIsNeverOpened() throws Exception {
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertEquals(List.of(), changes.look());
    assertEquals(List.of(file), changes.look());
    assertEquals(List.of(), changes.look());
  }

  @Test
  void theThreadTellsWhatItSees() throws Exception {
    try (FileChanges watching = changes) {
      watching.start();
      Optional<Path> first = Optional.empty();
      // The thread takes for the beginning what it finds when it first looks: hence not one write.
      for (int second = 200; second < 300 && first.isEmpty(); second++) {
        write("version " + second, second);
        first = Optional.ofNullable(told.poll(100, TimeUnit.MILLISECONDS));
      }
      assertEquals(Optional.of(file), first);
    }
  }
}
