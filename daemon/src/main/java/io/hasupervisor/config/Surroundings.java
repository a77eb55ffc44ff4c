package io.hasupervisor.config;

import io.hasupervisor.yaml.TrustedFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the command line, the service manager and the host add to the configuration. */
public final class Surroundings {
  private Surroundings() {}

  /**
   * The options, else systemd's STATE_DIRECTORY and RUNTIME_DIRECTORY (systemd.exec(5)).
   *
   * @param socket path of the control socket
   */
  public static Environment of(
      Map<String, String> variables, Optional<Path> stateDir, Optional<Path> socket) {
    String node = node();
    return new Environment(
        node,
        machineId().orElse(node),
        TrustedFile.user(),
        stateDir.or(() -> directory(variables, "STATE_DIRECTORY")).map(Path::toAbsolutePath),
        socket
            .or(
                () ->
                    directory(variables, "RUNTIME_DIRECTORY")
                        .map(run -> run.resolve("control.sock")))
            .map(Path::toAbsolutePath));
  }

  private static Optional<Path> directory(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty()).map(Path::of);
  }

  private static String node() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unnamed) {
        return "localhost";
      }
    }
  }

  private static Optional<String> machineId() {
    try {
      return Optional.of(Files.readString(Path.of("/etc/machine-id")).strip())
          .filter(id -> !id.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
