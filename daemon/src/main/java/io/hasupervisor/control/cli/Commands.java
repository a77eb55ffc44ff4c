package io.hasupervisor.control.cli;

import io.hasupervisor.publish.Version;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line, from which help, man pages and completion are made as well. */
@Command(
    name = "ha-supervisor",
    description = {
      "Keeps kubelet and docker running on a Kubernetes master.",
      "It starts what is dead, restarts what is sick with patience, and says why it did or did not."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor status",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCodes.DONE,
      ExitCodes.REFUSED,
      ExitCodes.USAGE,
      ExitCodes.UNREACHABLE,
      "4:status, cluster: verdict ATTENTION",
      "5:status, cluster: verdict CRITICAL",
      ExitCodes.BAD_CONFIG
    })
public final class Commands extends CommandGroup {
  private Commands() {}

  /** Runs the daemon until it is told to end. */
  @FunctionalInterface
  public interface Runner {
    /** Returns the exit code: 0 ended by a signal, 1 failed, 78 wrong configuration. */
    int run(Path config, Optional<Path> stateDir, Optional<Path> socket);
  }

  /** Checks a configuration. */
  @FunctionalInterface
  public interface Checker {
    /** Returns the exit code: 0 right, 78 wrong, with every problem on {@code err}. */
    int check(Path config, PrintWriter out, PrintWriter err);
  }

  /**
   * The whole command line; {@code execute(args)} returns the exit code.
   *
   * @param more commands that this package does not know
   */
  public static CommandLine create(
      Runner runner, Checker checker, Terminal terminal, List<Object> more) {
    CommandLine line =
        new CommandLine(new Commands())
            .addSubcommand(new DaemonCommands.RunCommand(runner))
            .addSubcommand(new StatusCommand(terminal))
            .addSubcommand(new ClusterCommand(terminal))
            .addSubcommand(new EventsCommand(terminal))
            .addSubcommand(new IncidentCommand())
            .addSubcommand(new ServiceCommands.ExplainCommand())
            .addSubcommand(new ServiceCommands.StartCommand())
            .addSubcommand(new ServiceCommands.StopCommand())
            .addSubcommand(new ServiceCommands.RestartCommand())
            .addSubcommand(new ServiceCommands.RetryCommand())
            .addSubcommand(new HoldCommands.HoldCommand())
            .addSubcommand(new HoldCommands.ReleaseCommand())
            .addSubcommand(new MayStartCommand())
            .addSubcommand(
                new CommandLine(new LockCommand())
                    .addSubcommand(new LockCommand.ShowCommand(terminal))
                    .addSubcommand(new LockCommand.BreakCommand(terminal))
                    .addSubcommand(new LockCommand.FreezeCommand())
                    .addSubcommand(new LockCommand.UnfreezeCommand()))
            .addSubcommand(
                new CommandLine(new RollingCommand())
                    .addSubcommand(new RollingCommand.RestartCommand())
                    .addSubcommand(new RollingCommand.StatusCommand(terminal))
                    .addSubcommand(new RollingCommand.StopCommand()))
            .addSubcommand(new RebootCommand(terminal))
            .addSubcommand(new DaemonCommands.ReloadCommand())
            .addSubcommand(new DaemonCommands.CheckConfigCommand(checker))
            .addSubcommand(new VersionCommand());
    more.forEach(line::addSubcommand);
    CommandLine.Help.Ansi ansi =
        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    return line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setParameterExceptionHandler(Commands::wrongUsage)
        .setUsageHelpWidth(80)
        .setUsageHelpLongOptionsMaxWidth(24);
  }

  /** What is wrong and how it goes, without the whole help. */
  private static int wrongUsage(CommandLine.ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("ha-supervisor: " + wrong.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
      err.print(command.getHelp().fullSynopsis());
    }
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  @Command(
      name = "version",
      description = "Show the version of this program.",
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor version",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {ExitCodes.DONE, "2:wrong usage"})
  static final class VersionCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help and exit.")
    boolean help;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      out.println("ha-supervisor " + Version.current());
      out.flush();
      return 0;
    }
  }
}
