package io.hasupervisor.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something the operating system can run and stop. Commands are argument vectors, never shell
 * strings.
 */
public sealed interface UnitSpec {

  /** A systemd unit, such as {@code docker.service}. */
  record Systemd(String unit) implements UnitSpec {}

  /**
   * An init script and the pidfile it writes.
   *
   * @param startLimit longest run of the start command
   */
  record Script(List<String> start, List<String> stop, Path pidfile, Duration startLimit)
      implements UnitSpec {}

  /**
   * A command that this daemon starts itself, in a session of its own, and that outlives it.
   *
   * @param log file that its output is appended to
   */
  record Exec(
      List<String> command, Map<String, String> environment, Optional<Path> directory, Path log)
      implements UnitSpec {}

  /** The published kind: {@code systemd}, {@code script} or {@code exec}. */
  default String kind() {
    return switch (this) {
      case Systemd _ -> "systemd";
      case Script _ -> "script";
      case Exec _ -> "exec";
    };
  }
}
