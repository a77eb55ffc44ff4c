package io.hasupervisor.command;

import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.loop.Plan;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * What placement commands need of the world; a seam for tests.
 *
 * @param user effective user id; 0 is root
 * @param name who is told to have placed: behind sudo, the one who called it
 * @param nextSecond waits for a second and says whether to go on
 * @param plan reads the configuration; empty after its problems have been printed
 * @param rendered renders the manifests; empty after the reasons have been printed
 * @param check judges manifests that are not placed yet
 */
record PlacementWorld(
    int user,
    String name,
    Clock clock,
    BooleanSupplier nextSecond,
    Function<LocalCommand, Optional<Plan>> plan,
    BiFunction<Plan, PrintWriter, Optional<RenderedSet>> rendered,
    Function<RenderedSet, ManifestCheck> check) {

  /** That of this process. */
  static PlacementWorld ofProcess() {
    return new PlacementWorld(
        Identity.user(),
        name(System.getenv()),
        SystemClock.verified(),
        Terminal.ofProcess().nextSecond(),
        LocalCommand::plan,
        RenderedSet::of,
        RenderedSet::check);
  }

  static String name(Map<String, String> environment) {
    String caller = environment.getOrDefault("SUDO_USER", "");
    return caller.isEmpty() ? System.getProperty("user.name", "root") : caller;
  }
}
