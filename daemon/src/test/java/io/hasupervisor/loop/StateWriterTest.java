package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest memory gets to disk, and the one who submits never waits for the disk. */
final class StateWriterTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final BlockingQueue<Optional<String>> problems = new LinkedBlockingQueue<>();
  private final BlockingQueue<Memory> written = new LinkedBlockingQueue<>();
  private final Semaphore disk = new Semaphore(0);

  private StateWriter<Memory> slow() {
    return new StateWriter<>(
        memory -> {
          written.add(memory);
          disk.acquireUninterruptibly();
          return Optional.empty();
        },
        Memory.none(),
        problems::add);
  }

  @Test
  void whatWasSubmittedIsOnDiskAfterAFlush() throws Exception {
    StateFile<Memory> file = StateFile.ofServices(directory.resolve("state.json"));
    try (StateWriter<Memory> writer = new StateWriter<>(file, Memory.none(), problems::add)) {
      writer.start();
      writer.submit(Memories.docker());
      assertTrue(writer.flush(LIMIT));
      assertEquals(Memories.docker(), file.load(Memories.WALL).memory());
    }
  }

  @Test
  void aSlowDiskGetsOnlyTheNewest() throws Exception {
    try (StateWriter<Memory> writer = slow()) {
      writer.start();
      writer.submit(Memories.withAttempt(1));
      assertEquals(Memories.withAttempt(1), written.poll(60, TimeUnit.SECONDS));
      for (int attempt = 2; attempt < 100; attempt++) {
        writer.submit(Memories.withAttempt(attempt));
      }
      assertFalse(writer.flush(Duration.ofMillis(1)));
      disk.release(2);
      assertTrue(writer.flush(LIMIT));
      assertEquals(Memories.withAttempt(99), written.poll(60, TimeUnit.SECONDS));
      assertTrue(written.isEmpty());
    }
  }

  @Test
  void theSameMemoryIsNotWrittenAgain() throws Exception {
    disk.release(5);
    try (StateWriter<Memory> writer = slow()) {
      writer.start();
      writer.submit(Memories.docker());
      assertTrue(writer.flush(LIMIT));
      writer.submit(
          new Memory(
              Memories.BOOT,
              Memories.AT.plusSeconds(9),
              Memories.WALL.plusSeconds(9),
              Memories.docker().services()));
      assertTrue(writer.flush(LIMIT));
      assertEquals(1, written.size());
    }
  }

  @Test
  void whatTheFileAlreadyHoldsIsNotWritten() throws Exception {
    try (StateWriter<Memory> writer =
        new StateWriter<>(
            StateFile.ofServices(directory.resolve("state.json")),
            Memories.docker(),
            problems::add)) {
      writer.start();
      writer.submit(Memories.docker());
      assertTrue(writer.flush(LIMIT));
      assertFalse(Files.exists(directory.resolve("state.json")));
    }
  }

  @Test
  void aFailureIsToldOnceAndTriedAgainUntilItWorks() throws Exception {
    Path place = directory.resolve("state");
    StateFile<Memory> file = StateFile.ofServices(place.resolve("state.json"));
    try (StateWriter<Memory> writer = new StateWriter<>(file, Memory.none(), problems::add)) {
      writer.start();
      writer.submit(Memories.withAttempt(1));
      assertFalse(writer.flush(LIMIT));
      writer.submit(Memories.withAttempt(2));
      assertFalse(writer.flush(LIMIT));
      Files.createDirectory(place);
      assertTrue(flushed(writer));
      assertEquals(Memories.withAttempt(2), file.load(Memories.WALL).memory());
      assertTrue(problems.remove().isPresent());
      assertEquals(Optional.empty(), problems.poll(60, TimeUnit.SECONDS));
      assertTrue(problems.isEmpty());
    }
  }

  /** An attempt begun before the obstacle went may still fail. */
  private static boolean flushed(StateWriter<Memory> writer) throws InterruptedException {
    boolean flushed = false;
    for (int attempt = 0; attempt < 3 && !flushed; attempt++) {
      flushed = writer.flush(LIMIT);
    }
    return flushed;
  }

  @Test
  void closingWritesWhatIsPending() throws IOException {
    StateFile<Memory> file = StateFile.ofServices(directory.resolve("state.json"));
    StateWriter<Memory> writer = new StateWriter<>(file, Memory.none(), problems::add);
    writer.start();
    writer.submit(Memories.docker());
    writer.close();
    assertEquals(Memories.docker(), file.load(Memories.WALL).memory());
  }

  @Test
  void aDiskThatNeverAnswersDoesNotHoldUpTheEndForEver() throws InterruptedException {
    StateWriter<Memory> writer = slow();
    writer.start();
    writer.submit(Memories.docker());
    assertEquals(Memories.docker(), written.poll(60, TimeUnit.SECONDS));
    writer.close();
    disk.release();
  }
}
