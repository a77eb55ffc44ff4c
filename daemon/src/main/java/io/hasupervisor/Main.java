package io.hasupervisor;

import io.hasupervisor.control.cli.Commands;
import io.hasupervisor.control.cli.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** Arguments and exit codes, nothing else. */
public final class Main {
  private Main() {}

  /** Exits with the code that the command's help lists. */
  public static void main(String[] args) {
    System.exit(Commands.create(Main::run, Main::check, Terminal.ofProcess()).execute(args));
  }

  /** Placeholder until the daemon is wired. */
  private static int run(Path config, Optional<Path> stateDir, Optional<Path> socket) {
    System.err.println("not wired yet: run " + config + " " + stateDir + " " + socket);
    return 1;
  }

  /** Placeholder until the loader is wired. */
  private static int check(Path config, PrintWriter out, PrintWriter err) {
    err.println("not wired yet: check " + config);
    return 1;
  }
}
