package io.hasupervisor;

import io.hasupervisor.command.LocalCommands;
import io.hasupervisor.config.ConfigCheck;
import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.config.Surroundings;
import io.hasupervisor.control.cli.Commands;
import io.hasupervisor.control.cli.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Arguments and exit codes, nothing else. */
public final class Main {
  private Main() {}

  /** Exits with the code that the command's help lists. */
  public static void main(String[] args) {
    int exit =
        Commands.create(Main::run, Main::check, Terminal.ofProcess(), others(args)).execute(args);
    System.out.flush();
    System.err.flush();
    // Not System.exit: it starts the logging system, for most commands only to log that exit.
    Runtime.getRuntime().halt(exit);
  }

  /** The daemon, and what systemd waits for, start sooner without commands that they do not run. */
  private static List<Object> others(String[] args) {
    return args.length > 0 && (args[0].equals("run") || args[0].equals("may-start"))
        ? List.of()
        : LocalCommands.all();
  }

  private static int run(Path config, Optional<Path> stateDir, Optional<Path> socket) {
    try {
      int exit = Daemon.run(config, Surroundings.of(System.getenv(), stateDir, socket));
      // The daemon's end is an orderly one: the JVM writes its AOT cache at it, when it is trained.
      System.exit(exit);
      return exit;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int check(Path config, PrintWriter out, PrintWriter err) {
    Loaded loaded =
        ConfigLoader.load(
            config, Surroundings.of(System.getenv(), Optional.empty(), Optional.empty()));
    boolean good = loaded instanceof Loaded.Good;
    (good ? out : err).print(ConfigCheck.render(loaded));
    return good ? 0 : Daemon.BAD_CONFIG;
  }
}
