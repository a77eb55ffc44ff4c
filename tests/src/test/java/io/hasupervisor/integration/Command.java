package io.hasupervisor.integration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A command that has ended.
 *
 * @param output what it wrote, errors among it
 */
record Command(int code, String output) {

  /**
   * Which must succeed.
   *
   * @return what it wrote
   */
  static String run(Object... argv) throws IOException, InterruptedException {
    Command ended = ended(Map.of(), argv);
    if (ended.code != 0) {
      throw new AssertionError(String.join(" ", words(argv)) + ": " + ended);
    }
    return ended.output;
  }

  static Command ended(Map<String, String> environment, Object... argv)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words(argv)).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Command(process.waitFor(), output);
  }

  private static String[] words(Object... argv) {
    return Stream.of(argv).map(Object::toString).toArray(String[]::new);
  }
}
