package io.hasupervisor.host;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a short command without a shell, with a time limit, keeping the beginning of its output. */
public final class Command {
  private Command() {}

  /**
   * How it ended.
   *
   * @param exit exit code; 128 + signal where a signal ended it
   * @param output standard output and error together, at most the limit given
   * @param timedOut it was killed because its time was over
   */
  public record Result(int exit, String output, boolean timedOut) {}

  /**
   * Runs {@code argv} in the C locale with empty input. Its whole process tree is killed when the
   * limit is over or this thread is interrupted. Output beyond {@code outputLimit} bytes is read
   * and dropped.
   *
   * @throws IOException when it cannot be started: the message names the program
   */
  public static Result run(List<String> argv, Duration limit, int outputLimit)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(ChildEnvironment.with(Map.of("LC_ALL", "C")));
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Process process = builder.start();
    try {
      CompletableFuture<String> output = new CompletableFuture<>();
      Thread.ofVirtual()
          .name("output of " + argv.getFirst())
          .start(() -> read(process, outputLimit, output));
      boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        killTree(process);
      }
      // A daemonised grandchild may hold the pipe open for ever: what has been read by then must
      // do.
      String text = output.completeOnTimeout("", 1, TimeUnit.SECONDS).join();
      return new Result(ended ? process.exitValue() : -1, text, !ended);
    } finally {
      if (process.isAlive()) {
        killTree(process);
      }
    }
  }

  private static void killTree(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void read(Process process, int limit, CompletableFuture<String> output) {
    try (InputStream in = process.getInputStream()) {
      byte[] kept = in.readNBytes(limit);
      output.complete(new String(kept, StandardCharsets.UTF_8));
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      output.complete("(output not readable: " + e.getMessage() + ")");
    }
  }
}
