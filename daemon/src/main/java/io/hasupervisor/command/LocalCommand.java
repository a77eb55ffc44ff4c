package io.hasupervisor.command;

import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import io.hasupervisor.loop.Plan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reads the configuration and works by itself. */
abstract class LocalCommand implements Callable<Integer> {
  private static final String CONFIG = "/etc/ha-supervisor/ha-supervisor.yaml";

  /** EX_CONFIG of sysexits(3). */
  static final int BAD_CONFIG = 78;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = CONFIG,
      description = "Configuration (default: ${DEFAULT-VALUE}).")
  Path config = Path.of(CONFIG);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  /** The plan; empty after its problems have been printed: exit with {@link #BAD_CONFIG}. */
  final Optional<Plan> plan() {
    return switch (ConfigLoader.load(
        config, Surroundings.of(System.getenv(), Optional.empty(), Optional.empty()))) {
      case Loaded.Good good -> Optional.of(good.plan());
      case Loaded.Bad bad -> {
        bad.problems().forEach(err()::println);
        err().flush();
        yield Optional.empty();
      }
    };
  }

  /** Why there is nothing to do here: exit with {@link #BAD_CONFIG}. */
  final String noMaster() {
    return config
        + " makes no master of this host: manifests.profile is none; ha-supervisor init writes one";
  }

  /** Says why on standard error, behind what was said before: exit 1. */
  final int failed(String why) {
    out().flush();
    err().println("ha-supervisor: " + why);
    err().flush();
    return 1;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
