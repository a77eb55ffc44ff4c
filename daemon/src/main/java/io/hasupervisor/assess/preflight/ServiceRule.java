package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.FAILED;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.observe.preflight.ServiceSeen;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a service is installed, started at boot, and runs. */
public final class ServiceRule {
  private ServiceRule() {}

  /**
   * Whether it is installed and started at boot.
   *
   * @param code begins its codes: {@code KUBELET}, {@code RUNTIME}
   * @param install the command that installs it where it is missing
   */
  public static List<Check> installed(Area area, String code, ServiceSeen seen, String install) {
    if (seen.problem().isPresent()) {
      return List.of(
          Check.notChecked(
              area,
              seen.what(),
              "whether it is installed: " + seen.problem().get(),
              "systemctl status " + Quote.word(seen.what())));
    }
    String unit = Quote.word(seen.what());
    List<Check> checks = new ArrayList<>();
    switch (seen.loaded()) {
      case "loaded" -> {
        if (!seen.boot().orElse(true)) {
          checks.add(
              new Check(
                  area,
                  code + "_NOT_ENABLED",
                  WARNING,
                  seen.what(),
                  "is not started at boot: it then waits for ha-supervisor to find it dead",
                  seen.kind() == ServiceSeen.Kind.SYSTEMD
                      ? "systemctl enable " + unit
                      : "update-rc.d "
                          + Quote.word(String.valueOf(Path.of(seen.what()).getFileName()))
                          + " defaults"));
        } else {
          checks.add(
              Check.ok(
                  area,
                  seen.what(),
                  seen.boot().isPresent() ? "is installed, and started at boot" : "is installed"));
        }
      }
      case "not-found" ->
          checks.add(
              new Check(
                  area,
                  code + "_UNIT_MISSING",
                  FAILED,
                  seen.what(),
                  seen.kind() == ServiceSeen.Kind.SYSTEMD
                      ? "systemd knows no such unit"
                      : "is not there, or may not be run",
                  install));
      case "masked" ->
          checks.add(
              new Check(
                  area,
                  code + "_UNIT_MASKED",
                  FAILED,
                  seen.what(),
                  "is masked: systemd refuses to start it",
                  "systemctl unmask " + unit + " && systemctl enable " + unit));
      default ->
          checks.add(
              new Check(
                  area,
                  code + "_UNIT_BROKEN",
                  FAILED,
                  seen.what(),
                  "cannot be loaded: systemd calls it " + Quote.bare(seen.loaded()),
                  "mend what this names: systemd-analyze verify " + unit));
    }
    return checks;
  }

  /** Whether it runs; nothing where it is not installed, or nobody could look. */
  public static List<Check> runs(Area area, String code, ServiceSeen seen) {
    if (seen.problem().isPresent()) {
      return List.of(
          Check.notChecked(
              area,
              seen.what(),
              "whether it runs: " + seen.problem().get(),
              "systemctl status " + Quote.word(seen.what())));
    }
    if (!seen.installed()) {
      return List.of(
          Check.notChecked(
              area,
              seen.what(),
              "whether it runs: it is not installed",
              "ha-supervisor preflight, once it is installed"));
    }
    String start = seen.start().stream().map(Quote::word).collect(Collectors.joining(" "));
    return List.of(
        seen.runs()
            ? Check.ok(
                area,
                seen.what(),
                seen.kind() == ServiceSeen.Kind.EXEC
                    ? "is run by ha-supervisor itself; see: ha-supervisor status"
                    : "runs")
            : new Check(
                area,
                code + "_NOT_RUNNING",
                FAILED,
                seen.what(),
                "does not run: it is " + Quote.bare(seen.active()),
                start));
  }
}
