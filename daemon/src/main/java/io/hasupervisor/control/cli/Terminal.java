package io.hasupervisor.control.cli;

import io.hasupervisor.host.Command;
import io.hasupervisor.publish.Rendering;
import java.io.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a command knows of where it runs.
 *
 * @param interactive whether output goes to a terminal
 * @param nextSecond waits for a second and says whether to go on; a seam for tests
 * @param startsAtBoot whether the init system starts the daemon then; true where that is not known
 */
public record Terminal(
    boolean interactive,
    Map<String, String> environment,
    BooleanSupplier nextSecond,
    BooleanSupplier startsAtBoot) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Of a host that starts the daemon at boot. */
  public Terminal(
      boolean interactive, Map<String, String> environment, BooleanSupplier nextSecond) {
    this(interactive, environment, nextSecond, () -> true);
  }

  /** That of this process. */
  public static Terminal ofProcess() {
    boolean interactive =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Terminal(
        interactive, System.getenv(), Terminal::pauseForASecond, Terminal::isEnabled);
  }

  private static boolean isEnabled() {
    try {
      return !Command.run(List.of("systemctl", "is-enabled", "ha-supervisor"), LIMIT, 200)
          .output()
          .strip()
          .equals("disabled");
    } catch (IOException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static boolean pauseForASecond() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The form in which a status is wanted here. */
  Rendering rendering(boolean json) {
    return new Rendering(json, width(), colour());
  }

  /** Columns, as the shell exports them; 80 where it does not. */
  int width() {
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 80;
  }

  /** Colours only on a terminal that knows them, and never against NO_COLOR (no-color.org). */
  boolean colour() {
    return interactive
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
