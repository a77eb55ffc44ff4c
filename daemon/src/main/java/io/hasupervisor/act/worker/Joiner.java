package io.hasupervisor.act.worker;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.worker.Joining.Planned;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.Incarnation;
import io.hasupervisor.observe.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Points this host's clients at a load balancer: files, restarts, proof; and puts all back where
 * the proof does not come.
 */
public final class Joiner {
  private final JoinFolder folder;
  private final Units units;
  private final Supplier<Duration> clock;
  private final Pause pause;
  private final InstantSource wall;
  private final Consumer<String> say;

  /** Time between two looks. */
  @FunctionalInterface
  public interface Pause {
    void between() throws InterruptedException;
  }

  /**
   * Nothing is done yet.
   *
   * @param clock monotonic
   * @param say told of each step, one sentence each
   */
  public Joiner(
      JoinFolder folder,
      Units units,
      Supplier<Duration> clock,
      Pause pause,
      InstantSource wall,
      Consumer<String> say) {
    this.folder = folder;
    this.units = units;
    this.clock = clock;
    this.pause = pause;
    this.wall = wall;
    this.say = say;
  }

  /**
   * Puts back the files of one that was broken off; nothing where there was none.
   *
   * @return the services that are to be restarted for it, where there was one
   * @throws IOException where that cannot be
   */
  public Optional<List<String>> tidy() throws IOException {
    Optional<Join> broken = folder.underWay();
    if (broken.isPresent()) {
      say.accept("a join of " + broken.get().at() + " was broken off: it is taken back first");
      putBack(broken.get());
    }
    return broken.map(Join::services);
  }

  /**
   * Carries a plan out.
   *
   * @param more services to be restarted besides
   * @param fault what is wrong with the files once they are written, and before a restart
   * @return whether all clients reach the load balancer; if not, all is as before
   * @throws IOException where what was begun could not be taken back; it is noted then
   */
  public boolean join(
      String apiserver,
      Planned plan,
      List<String> more,
      Supplier<Optional<String>> fault,
      Duration timeout)
      throws IOException, InterruptedException {
    Set<String> services = new LinkedHashSet<>(plan.services());
    services.addAll(more);
    Join join = folder.begin(apiserver, plan.edits(), List.copyOf(services), wall.instant());
    Optional<String> failure = written(join, plan).or(fault);
    boolean untouched = failure.isPresent() && more.isEmpty();
    if (failure.isEmpty()) {
      failure = restarted(services, true, timeout);
    }
    if (failure.isEmpty()) {
      folder.finish();
      return true;
    }
    say.accept("failed: " + failure.get());
    // A client that nobody restarted knows nothing of it.
    takeBack(join, untouched ? List.of() : join.services(), timeout);
    return false;
  }

  private Optional<String> written(Join join, Planned plan) {
    try {
      folder.write(plan.edits());
      join.files().forEach(changed -> say.accept("changed: " + changed.file()));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Reason.withFile(e));
    }
  }

  /**
   * Takes back what was broken off, else the last one that came to its end.
   *
   * @return whether there was one
   * @throws IOException where that cannot be, or the clients do not run afterwards
   */
  public boolean restore(Duration timeout) throws IOException, InterruptedException {
    Optional<Join> underWay = folder.underWay();
    Optional<Join> join = underWay.isPresent() ? underWay : folder.last();
    if (join.isPresent()) {
      takeBack(join.get(), join.get().services(), timeout);
    }
    return join.isPresent();
  }

  private void takeBack(Join join, List<String> services, Duration timeout)
      throws IOException, InterruptedException {
    putBack(join);
    Optional<String> failure = restarted(new LinkedHashSet<>(services), false, timeout);
    folder.forget();
    if (failure.isPresent()) {
      throw new IOException(
          "all files are as before, but " + failure.get() + "; see: ha-supervisor status");
    }
  }

  private void putBack(Join join) throws IOException {
    for (Path file : folder.undo(join)) {
      say.accept("put back: " + file);
    }
  }

  /** Why not. */
  private Optional<String> restarted(Set<String> services, boolean connected, Duration timeout)
      throws InterruptedException {
    Duration end = clock.get().plus(timeout);
    for (String service : services) {
      if (units.state(service) instanceof RunState.Unclear unclear) {
        return Optional.of(service + " cannot be looked at: " + unclear.why());
      }
      Optional<Incarnation> before = life(service);
      say.accept("restarting " + service);
      Outcome ordered = units.restart(service);
      if (!(ordered instanceof Outcome.Done)) {
        return Optional.of(service + " was not restarted: " + why(ordered));
      }
      Optional<String> missing = missing(service, before, connected);
      while (missing.isPresent()) {
        if (clock.get().compareTo(end) >= 0) {
          return Optional.of(missing.get() + " within " + timeout.toSeconds() + " s");
        }
        pause.between();
        missing = missing(service, before, connected);
      }
      say.accept(
          connected
              ? service + " is well, and connected to the load balancer"
              : service + " is well again");
    }
    return Optional.empty();
  }

  private Optional<Incarnation> life(String service) throws InterruptedException {
    return units.state(service) instanceof RunState.Running running
        ? Optional.of(running.incarnation())
        : Optional.empty();
  }

  /** What is not so yet, as a sentence. */
  private Optional<String> missing(String service, Optional<Incarnation> before, boolean connected)
      throws InterruptedException {
    Optional<Incarnation> now = life(service);
    if (now.isEmpty()) {
      return Optional.of(service + " did not run");
    }
    if (now.map(Incarnation::id).equals(before.map(Incarnation::id))) {
      return Optional.of(service + " was not started anew");
    }
    Optional<String> unwell = units.unwell(service);
    if (unwell.isPresent()) {
      return Optional.of(service + " was not well (" + unwell.get() + ")");
    }
    return connected && !units.connected(service)
        ? Optional.of(service + " did not connect to the load balancer")
        : Optional.empty();
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "";
      case Outcome.Failed failed -> failed.why();
      case Outcome.Uncertain uncertain -> uncertain.why();
      case Outcome.Refused refused -> refused.why();
    };
  }
}
