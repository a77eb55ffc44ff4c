package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.act.Actuator;
import io.hasupervisor.act.Evidence;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunSource;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.publish.Status.ServiceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop with its real threads and its real disk. */
@Timeout(60)
final class AssemblyTest {
  @TempDir private Path directory;
  private final HandClock clock = new HandClock();
  private final Unit unit = new Unit();

  /** A service that does not start. */
  private final class Unit implements RunSource, Actuator {
    private volatile RunState state = new RunState.Running(new Incarnation("a", 42, clock.now()));
    private volatile Runnable changed = () -> {};

    void dies() {
      state = new RunState.Dead(new Exit(Exit.Kind.EXITED, 1, ""));
      changed.run();
    }

    @Override
    public RunReport look() {
      return new RunReport(state, clock.now());
    }

    @Override
    public void onChange(Runnable listener) {
      changed = listener;
    }

    @Override
    public void close() {
      changed = () -> {};
    }

    @Override
    public Outcome start(Duration limit) {
      return new Outcome.Failed("no such file");
    }

    @Override
    public Outcome stop(Duration patience) {
      return new Outcome.Done();
    }

    @Override
    public Outcome kill(Optional<Incarnation> victim) {
      return new Outcome.Done();
    }
  }

  private Assembly assembly() {
    Outside outside =
        new Outside(
            clock,
            "boot",
            _ -> new Outside.Link(unit, unit),
            Consent.ALWAYS,
            new Evidence(),
            _ -> nobody(),
            _ -> {
              throw new AssertionError("no worker");
            });
    Plan plan = Plans.of(directory, Plans.withoutProbes("docker"));
    return new Assembly(
        plan, outside, () -> new PlanSource.Result.Valid(plan), "1", List::of, _ -> {});
  }

  private static Outside.MasterOutside nobody() {
    throw new AssertionError("no master is configured");
  }

  private static ServiceStatus docker(Assembly assembly) {
    return assembly.feed().status().services().getFirst();
  }

  @Test
  void holdsAndCountersComeBackFromDisk() throws Exception {
    try (Assembly first = assembly()) {
      first.start();
      CompletableFuture<Void> turning = CompletableFuture.runAsync(() -> run(first.loop()));
      RealProcesses.until(() -> docker(first).state().equals("HEALTHY"));
      unit.dies();
      RealProcesses.until(() -> docker(first).state().equals("BACKOFF"));
      Request hold = new Request.Hold(Optional.of("docker"), Duration.ofMinutes(30), "disk swap");
      assertEquals(0, first.loop().handle(hold, "eva").get(20, TimeUnit.SECONDS).exit());
      first.loop().quit();
      turning.get(20, TimeUnit.SECONDS);
    }
    clock.pass(10);
    try (Assembly second = assembly()) {
      second.start();
      assertEquals(2, docker(second).attempt());
      assertEquals("disk swap", docker(second).hold().orElseThrow().reason());
      assertEquals(
          Optional.of(clock.wall().plus(Duration.ofMinutes(30)).minusSeconds(10)),
          docker(second).hold().orElseThrow().until());
    }
  }

  private static void run(Loop loop) {
    try {
      loop.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
