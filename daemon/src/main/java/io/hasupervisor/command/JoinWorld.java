package io.hasupervisor.command;

import io.hasupervisor.act.worker.Joiner;
import io.hasupervisor.act.worker.Units;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.worker.ServerUrl;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What joining a load balancer needs of the world; a seam for tests.
 *
 * @param user effective user id; 0 is root
 * @param keyboard empty where nobody can be asked
 * @param pause between two looks
 */
record JoinWorld(
    HostPaths paths,
    int user,
    Supplier<Optional<BufferedReader>> keyboard,
    Clock clock,
    Joiner.Pause pause,
    UnitsOf units) {

  /** Makes the services of this host, to be used by {@code work}. */
  @FunctionalInterface
  interface UnitsOf {
    int with(Plan plan, Optional<ServerUrl> balancer, Work work)
        throws IOException, InterruptedException;
  }

  /** What is done with them; returns the exit code. */
  @FunctionalInterface
  interface Work {
    int with(Units units) throws IOException, InterruptedException;
  }

  /** That of this process. */
  static JoinWorld ofProcess() {
    Clock clock = SystemClock.verified();
    return new JoinWorld(
        HostPaths.ofThisHost(),
        Identity.user(),
        JoinWorld::terminal,
        clock,
        () -> TimeUnit.SECONDS.sleep(1),
        (plan, balancer, work) -> {
          try (WorkerUnits units = new WorkerUnits(plan, balancer, clock)) {
            return work.with(units);
          }
        });
  }

  private static Optional<BufferedReader> terminal() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> new BufferedReader(console.reader()));
  }
}
