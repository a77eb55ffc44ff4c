package io.hasupervisor.host.process;

import io.hasupervisor.host.Identity;
import io.hasupervisor.host.ProcStat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Finds what an earlier run of this daemon started, by the marker in its environment.
 *
 * <p>The marker is inherited, so it alone proves little: asked for is a process of our own user
 * (any user can set a variable) that leads a session (docker's shims, which outlive their daemon,
 * lead none) and whose parent is not marked too.
 */
final class MarkedProcesses {
  static final String MARKER = "HA_SUPERVISOR_SERVICE";

  private static final int ENVIRONMENT_LIMIT = 1 << 20;

  private MarkedProcesses() {}

  /**
   * The marker of a service of the daemon with this state directory: another daemon's has another.
   */
  static String mark(String service, Path stateDirectory) {
    return service + "@" + stateDirectory.toAbsolutePath().normalize();
  }

  /** The oldest living process that was started with {@code mark}; slow, reads all of /proc. */
  static Optional<ProcessId> find(String mark) {
    Map<Long, ProcStat> marked = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        if (isMarked(process, mark)) {
          ProcStat.of(Long.parseLong(process.getFileName().toString()))
              .filter(ProcStat::alive)
              .ifPresent(stat -> marked.put(stat.pid(), stat));
        }
      }
    } catch (IOException e) {
      Logger.warn("running processes of {} cannot be looked for: {}", mark, e.toString());
    }
    return marked.values().stream()
        .filter(stat -> stat.session() == stat.pid() && !marked.containsKey(stat.parent()))
        .min(Comparator.comparingLong(ProcStat::startTicks))
        .map(ProcessId::of);
  }

  private static boolean isMarked(Path process, String mark) {
    try {
      Object owner = Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (!Objects.equals(owner, Identity.user())) {
        return false;
      }
      try (InputStream environ = Files.newInputStream(process.resolve("environ"))) {
        String text =
            new String(environ.readNBytes(ENVIRONMENT_LIMIT), StandardCharsets.ISO_8859_1);
        return List.of(text.split("\0", -1)).contains(MARKER + "=" + mark);
      }
    } catch (IOException e) {
      // Ended meanwhile, or not ours to read.
      return false;
    }
  }
}
