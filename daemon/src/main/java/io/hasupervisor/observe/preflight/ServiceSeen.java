package io.hasupervisor.observe.preflight;

import io.hasupervisor.host.Command;
import io.hasupervisor.host.ProcStat;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a service is installed on this host, and whether it runs.
 *
 * @param service its name in the configuration
 * @param what its unit, or the program that starts it
 * @param start words of the command that starts it by hand
 * @param loaded systemd's load state; for others {@code loaded} or {@code not-found}
 * @param boot whether it is started at boot; empty where that is not for it to be
 * @param active systemd's active state; for others one of its words too
 * @param problem why it could not be looked at; the rest is then of no meaning
 */
public record ServiceSeen(
    String service,
    Kind kind,
    String what,
    List<String> start,
    String loaded,
    Optional<Boolean> boot,
    String active,
    Optional<String> problem) {
  private static final int OUTPUT = 8192;

  /**
   * Of {@code UnitFileState} (org.freedesktop.systemd1(5)): what starts at boot is not always
   * "enabled".
   */
  private static final Set<String> NOT_AT_BOOT =
      Set.of("disabled", "enabled-runtime", "linked-runtime", "masked", "masked-runtime");

  public ServiceSeen {
    start = List.copyOf(start);
  }

  /** By whom it is run. */
  public enum Kind {
    SYSTEMD,
    SCRIPT,
    EXEC
  }

  /** Whether there is anything to start. */
  public boolean installed() {
    return !loaded.equals("not-found");
  }

  /** Whether it runs now. */
  public boolean runs() {
    return active.equals("active") || active.equals("reloading");
  }

  /** Looks once; a systemd that does not answer within {@code limit} is an answer. */
  public static ServiceSeen look(String service, UnitSpec unit, HostPaths paths, Duration limit)
      throws InterruptedException {
    return switch (unit) {
      case UnitSpec.Systemd systemd -> systemd(service, systemd.unit(), limit);
      case UnitSpec.Script script -> script(service, script, paths);
      case UnitSpec.Exec exec ->
          new ServiceSeen(
              service,
              Kind.EXEC,
              exec.command().getFirst(),
              List.of("ha-supervisor", "start", service),
              executable(paths, exec.command().getFirst()),
              Optional.empty(),
              // Only the daemon, whose child it is, knows whether it runs.
              "active",
              Optional.empty());
    };
  }

  private static ServiceSeen systemd(String service, String unit, Duration limit)
      throws InterruptedException {
    List<String> argv =
        List.of("systemctl", "show", "--property=LoadState,UnitFileState,ActiveState", "--", unit);
    try {
      Command.Result result = Command.run(argv, limit, OUTPUT);
      return result.timedOut() || result.exit() != 0
          ? unknown(
              service,
              unit,
              result.timedOut()
                  ? "systemctl does not answer within " + Excerpt.of(limit)
                  : "systemctl says: " + Excerpt.of(result.output()))
          : parsed(service, unit, result.output());
    } catch (IOException e) {
      return unknown(service, unit, "there is no systemctl on this host");
    }
  }

  static ServiceSeen parsed(String service, String unit, String shown) {
    Map<String, String> values = new HashMap<>();
    for (String line : shown.lines().toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    if (!values.containsKey("LoadState")) {
      // Of a busy host the output may come too late: that is no proof of anything.
      return unknown(service, unit, "systemctl said nothing");
    }
    return new ServiceSeen(
        service,
        Kind.SYSTEMD,
        unit,
        List.of("systemctl", "start", unit),
        values.getOrDefault("LoadState", ""),
        Optional.of(!NOT_AT_BOOT.contains(values.getOrDefault("UnitFileState", ""))),
        values.getOrDefault("ActiveState", "inactive"),
        Optional.empty());
  }

  /** One that could not be looked at. */
  public static ServiceSeen unknown(String service, String unit, String why) {
    return new ServiceSeen(
        service,
        Kind.SYSTEMD,
        unit,
        List.of("systemctl", "start", unit),
        "",
        Optional.empty(),
        "",
        Optional.of(why));
  }

  private static ServiceSeen script(String service, UnitSpec.Script script, HostPaths paths) {
    String program = script.start().getFirst();
    return new ServiceSeen(
        service,
        Kind.SCRIPT,
        program,
        script.start(),
        executable(paths, program),
        Optional.of(linked(paths, Path.of(program).getFileName().toString())),
        alive(paths.at(script.pidfile().toString())) ? "active" : "inactive",
        Optional.empty());
  }

  private static String executable(HostPaths paths, String program) {
    return Files.isExecutable(paths.at(program)) ? "loaded" : "not-found";
  }

  /** As update-rc.d(8) makes them: {@code /etc/rc2.d/S01kubelet}. */
  private static boolean linked(HostPaths paths, String name) {
    for (String level : List.of("2", "3", "4", "5")) {
      try (DirectoryStream<Path> links =
          Files.newDirectoryStream(paths.at("/etc/rc" + level + ".d"), "S[0-9]*")) {
        for (Path link : links) {
          if (link.getFileName().toString().replaceFirst("^S\\d+", "").equals(name)) {
            return true;
          }
        }
      } catch (IOException e) {
        // No such run level.
      }
    }
    return false;
  }

  private static boolean alive(Path pidfile) {
    try {
      String first = Files.readString(pidfile).lines().findFirst().orElse("").strip();
      return first.matches("[1-9]\\d{0,6}")
          && ProcStat.of(Long.parseLong(first)).filter(ProcStat::alive).isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}
