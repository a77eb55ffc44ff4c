package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLockTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("lock");
  }

  /** Another process: says whether it gets the lock at once. */
  static final class Other {
    public static void main(String[] args) throws IOException {
      try (ProcessLock _ = ProcessLock.take(Path.of(args[0]), Duration.ZERO)) {
        System.out.println("locked");
      } catch (ProcessLock.Held e) {
        System.out.println("held by " + e.holder());
      }
    }
  }

  @Test
  void survivesTheAttemptOfAnotherThreadOfTheSameProcess() throws Exception {
    try (ProcessLock _ = ProcessLock.take(file(), Duration.ZERO)) {
      assertThrows(ProcessLock.Held.class, () -> ProcessLock.take(file(), Duration.ZERO));
      Process other =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  file().toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader said = other.inputReader()) {
        assertEquals("held by " + ProcessHandle.current().pid(), said.readLine());
      }
    }
  }

  @Test
  void isGivenToAWaiterAsSoonAsItIsFree() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch enough = new CountDownLatch(1);
    CompletableFuture<Void> holder =
        CompletableFuture.runAsync(
            () -> {
              try (ProcessLock _ = ProcessLock.take(file(), Duration.ZERO)) {
                held.countDown();
                enough.await();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    held.await();
    CompletableFuture<Void> waiter =
        CompletableFuture.runAsync(
            () -> {
              try {
                ProcessLock.take(file(), LONG).close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertTrue(!waiter.isDone());
    enough.countDown();
    holder.join();
    waiter.join();
  }
}
