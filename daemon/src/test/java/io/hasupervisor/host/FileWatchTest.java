package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {
  @TempDir Path directory;

  @Test
  void tellsOfAppearanceChangeAndDisappearance() throws Exception {
    Path file = directory.resolve("a.pid");
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (FileWatch files = FileWatch.start()) {
      files.watch(file, () -> told.add("a"));
      Files.writeString(directory.resolve("other"), "x");
      Files.createFile(file);
      assertTrue(told.poll(20, TimeUnit.SECONDS) != null, "appeared");
      told.clear();
      Files.writeString(file, "1");
      assertTrue(told.poll(20, TimeUnit.SECONDS) != null, "changed");
      Files.move(file, directory.resolve("away"));
      assertTrue(told.poll(20, TimeUnit.SECONDS) != null, "gone");
    }
  }

  @Test
  void aClosedWatchKeepsSilentAndLeavesOthersAlone() throws Exception {
    LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (FileWatch files = FileWatch.start()) {
      files.watch(directory.resolve("a"), () -> told.add("a")).close();
      files.watch(directory.resolve("b"), () -> told.add("b"));
      Files.createFile(directory.resolve("a"));
      Files.createFile(directory.resolve("b"));
      assertTrue("b".equals(told.poll(20, TimeUnit.SECONDS)));
    }
  }

  @Test
  void aMissingDirectoryIsNoError() throws IOException {
    try (FileWatch files = FileWatch.start()) {
      files.watch(directory.resolve("none/a"), () -> {}).close();
    }
  }
}
