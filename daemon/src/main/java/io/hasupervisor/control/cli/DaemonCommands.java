package io.hasupervisor.control.cli;

import io.hasupervisor.control.Request;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands on the daemon itself and its configuration. */
final class DaemonCommands {
  private static final String CONFIG = "/etc/ha-supervisor/ha-supervisor.yaml";

  private DaemonCommands() {}

  @Command(
      name = "run",
      description = {
        "Supervise, in the foreground, until TERM or INT. This is what the systemd unit runs.",
        "HUP reads the configuration anew. Ending it ends no service."
      },
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor run --config ./quickstart.yaml --state-dir ./state --socket ./sock",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:ended by TERM or INT",
        "1:failed, or another daemon has the state directory",
        "2:wrong usage",
        ExitCodes.BAD_CONFIG
      })
  static final class RunCommand implements Callable<Integer> {
    private final Commands.Runner runner;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        defaultValue = CONFIG,
        description = "Configuration (default: ${DEFAULT-VALUE}).")
    Path config = Path.of(CONFIG);

    @Option(
        names = "--state-dir",
        paramLabel = "DIR",
        description = "Where state and incidents are kept, instead of the configured place.")
    Optional<Path> stateDir = Optional.empty();

    @Option(
        names = "--socket",
        paramLabel = "PATH",
        description = "Control socket, instead of the configured one.")
    Optional<Path> socket = Optional.empty();

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help and exit.")
    boolean help;

    RunCommand(Commands.Runner runner) {
      this.runner = runner;
    }

    @Override
    public Integer call() {
      return runner.run(config, stateDir, socket);
    }
  }

  @Command(
      name = "check-config",
      description =
          "Read a configuration and list everything that is wrong with it; changes nothing.",
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor check-config && ha-supervisor reload",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {"0:the configuration is right", "2:wrong usage", ExitCodes.BAD_CONFIG})
  static final class CheckConfigCommand implements Callable<Integer> {
    private final Commands.Checker checker;

    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(
        arity = "0..1",
        paramLabel = "FILE",
        defaultValue = CONFIG,
        description = "Configuration (default: ${DEFAULT-VALUE}).")
    Path config = Path.of(CONFIG);

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help and exit.")
    boolean help;

    CheckConfigCommand(Commands.Checker checker) {
      this.checker = checker;
    }

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      int exit = checker.check(config, out, err);
      out.flush();
      err.flush();
      return exit;
    }
  }

  @Command(
      name = "reload",
      description = "Read the configuration anew; a wrong one changes nothing and is reported.",
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor check-config && ha-supervisor reload")
  static final class ReloadCommand extends ClientCommand {
    @Override
    Request request() {
      return new Request.Reload();
    }
  }
}
