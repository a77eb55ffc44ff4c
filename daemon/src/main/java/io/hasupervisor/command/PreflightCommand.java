package io.hasupervisor.command;

import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.assess.preflight.Check.Result;
import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import io.hasupervisor.control.cli.LengthConverter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what must be done before this host can be a master. */
@Command(
    name = "preflight",
    description = {
      "Check everything that must be so before this host can be a master, or is so on one that"
          + " runs.",
      "Each line that is not well comes with its cure; they are in the order in which they work. It"
          + " only looks, and takes 15 seconds at most.",
      "The lines begin with ok, note (good to know), WARN, FAIL, or -- where nobody could look."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor preflight",
      "  ha-supervisor preflight --wait 10m && ha-supervisor manifests place",
      "  ha-supervisor preflight --json | jq -r '.checks[] | select(.result == \"failed\").code'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:refused: only root may look",
      "2:wrong usage",
      "4:ready, with warnings, or with something that could not be checked",
      "5:not ready: something failed",
      "78:the configuration is wrong, or makes no master of this host"
    })
final class PreflightCommand extends LocalCommand {
  private static final String CLEAR = "\r\033[K";

  private final Supplier<PreflightScene> scene;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(
      names = "--wait",
      paramLabel = "LENGTH",
      converter = LengthConverter.class,
      description = "Look again each second until nothing fails, for so long (default: look once).")
  Optional<Duration> wait = Optional.empty();

  PreflightCommand() {
    this(PreflightScene::ofProcess);
  }

  PreflightCommand(Supplier<PreflightScene> scene) {
    this.scene = scene;
  }

  @Override
  public Integer call() throws InterruptedException {
    PreflightScene here = scene.get();
    if (here.user() != 0) {
      err().println("ha-supervisor: only root may do this: sudo " + spec.qualifiedName());
      err().flush();
      return 1;
    }
    long end = System.nanoTime() + wait.orElse(Duration.ZERO).toNanos();
    List<Check> checks = look(here);
    while (exit(checks) >= 5
        && System.nanoTime() < end
        && here.terminal().nextSecond().getAsBoolean()) {
      checks = look(here);
    }
    out().print(json ? PreflightJson.of(checks) : PreflightText.of(checks));
    out().flush();
    return exit(checks);
  }

  private List<Check> look(PreflightScene here) throws InterruptedException {
    Loaded loaded =
        ConfigLoader.load(
            config, Surroundings.of(System.getenv(), Optional.empty(), Optional.empty()));
    return new Preflight(new PreflightTarget(config, loaded), here)
        .checks(here.terminal().interactive() ? this::progress : _ -> {});
  }

  /** One line that is written over, and gone at the end. */
  private void progress(List<String> waiting) {
    err()
        .print(
            waiting.isEmpty()
                ? CLEAR
                : CLEAR + "waiting for " + String.join(", ", waiting.stream().limit(4).toList()));
    err().flush();
  }

  private static int exit(List<Check> checks) {
    if (checks.stream()
        .anyMatch(
            check -> check.code().equals("CONFIG_WRONG") || check.code().equals("NO_PROFILE"))) {
      return BAD_CONFIG;
    }
    if (PreflightText.count(checks, Result.FAILED) > 0) {
      return 5;
    }
    return PreflightText.count(checks, Result.WARNING)
                + PreflightText.count(checks, Result.NOT_CHECKED)
            > 0
        ? 4
        : 0;
  }
}
