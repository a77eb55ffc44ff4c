package io.hasupervisor.observe.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that has a socket.
 *
 * @param name as the kernel has it: 15 bytes at most
 * @param unit systemd's service that it belongs to, by its control group
 * @param container id of the container that it runs in, by its control group
 */
public record Holder(long pid, String name, Optional<String> unit, Optional<String> container) {
  private static final Pattern CONTAINER =
      Pattern.compile("(?:^|[/:-])([0-9a-f]{64})(?=[./\\n]|$)");
  private static final Pattern UNIT = Pattern.compile("/([^/\\n]+\\.service)(?=[/\\n]|$)");

  /** That of {@code /proc/PID}; what cannot be read is left empty. */
  static Holder of(Path process, long pid) {
    String groups = text(process.resolve("cgroup"));
    return new Holder(
        pid, text(process.resolve("comm")).strip(), last(UNIT, groups), last(CONTAINER, groups));
  }

  private static Optional<String> last(Pattern pattern, String groups) {
    Matcher matcher = pattern.matcher(groups);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(matcher.group(1));
    }
    return last;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
