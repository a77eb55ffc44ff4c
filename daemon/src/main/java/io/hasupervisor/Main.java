package io.hasupervisor;

import io.hasupervisor.config.ConfigCheck;
import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Loaded;
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

  private static int run(Path config, Optional<Path> stateDir, Optional<Path> socket) {
    try {
      return Daemon.run(config, Surroundings.of(System.getenv(), stateDir, socket));
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
