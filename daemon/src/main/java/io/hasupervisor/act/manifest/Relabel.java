package io.hasupervisor.act.manifest;

import io.hasupervisor.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tinylog.Logger;

/**
 * Gives a file the label that SELinux's policy has for its path: a renamed file keeps the one of
 * the place where it was written.
 *
 * @param enforce exists where SELinux is on
 * @param command to which the path is added
 */
public record Relabel(Path enforce, List<String> command) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int OUTPUT_LIMIT = 4096;

  /** The host's own. */
  public static final Relabel HOST =
      new Relabel(Path.of("/sys/fs/selinux/enforce"), List.of("restorecon", "--"));

  public Relabel {
    command = List.copyOf(command);
  }

  /** A failure is logged: the kubelet, which is not confined, can read the file all the same. */
  public void apply(Path file) {
    if (!Files.exists(enforce)) {
      return;
    }
    List<String> argv = new ArrayList<>(command);
    argv.add(file.toString());
    try {
      Command.Result result = Command.run(argv, LIMIT, OUTPUT_LIMIT);
      if (result.exit() != 0) {
        Logger.warn("restorecon of {} failed: {}", file, result.output().strip());
      }
    } catch (IOException e) {
      Logger.warn("{} keeps its SELinux label: {}", file, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
