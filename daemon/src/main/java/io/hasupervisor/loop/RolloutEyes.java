package io.hasupervisor.loop;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.RolloutEvent.DirectoryLooked;
import io.hasupervisor.decide.manifest.RolloutEvent.PodLooked;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Probe;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.PodSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/** Looks at the manifest directory and at the pods, each in a thread of its own. */
final class RolloutEyes implements AutoCloseable {
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

  /**
   * What is to be looked at.
   *
   * @param placedAt wall times of placements, by manifest
   */
  record Wanted(List<Manifest> manifests, Map<String, Instant> placedAt, boolean haste) {
    static final Wanted NOTHING = new Wanted(List.of(), Map.of(), false);
  }

  /** One thread that looks when asked, and at the latest after a while. */
  private final class Look implements AutoCloseable {
    private final Semaphore asked = new Semaphore(1);
    private final Thread thread;
    private final Runnable once;

    Look(String name, Runnable once) {
      this.once = once;
      // Not virtual: opening a file may block the carrier of all virtual threads.
      this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void now() {
      asked.release();
    }

    private void run() {
      try {
        while (!Thread.currentThread().isInterrupted()) {
          Duration wait = world.between(wanted.haste());
          boolean _ = asked.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
          asked.drainPermits();
          guarded();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void guarded() {
      try {
        once.run();
      } catch (RuntimeException e) {
        Logger.error(e, "{} failed by a bug", thread.getName());
      }
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  private final ManifestWorld world;
  private final Clock clock;
  private final Inbox inbox;
  private final Look directory = new Look("manifest directory", this::lookAtDirectory);
  private final Look pods = new Look("static pods", this::lookAtPods);
  private final SecondLook second;
  private volatile Wanted wanted = Wanted.NOTHING;
  private Optional<FileWatch.Watch> watch = Optional.empty();

  RolloutEyes(ManifestWorld world, Clock clock, Inbox inbox) {
    this.world = world;
    this.clock = clock;
    this.inbox = inbox;
    this.second = new SecondLook(world);
  }

  void start() {
    watch = Optional.of(world.onChange(directory::now));
    directory.thread.start();
    pods.thread.start();
  }

  /** Looks at these pods from now on; from the loop's thread. */
  void want(Wanted next) {
    Wanted before = wanted;
    wanted = next;
    boolean news = !before.manifests().equals(next.manifests());
    if (news || (next.haste() && !before.haste())) {
      pods.now();
    }
  }

  void lookAtDirectorySoon() {
    directory.now();
  }

  /** Looks at everything soon. */
  void look() {
    directory.now();
    pods.now();
  }

  private void lookAtDirectory() {
    DirectorySeen seen = world.directory();
    inbox.post(new Message.Rolled(world, new DirectoryLooked(seen, world.owner(seen))));
  }

  private void lookAtPods() {
    Wanted looked = wanted;
    Map<String, PodSeen> found = new LinkedHashMap<>();
    boolean trouble = false;
    for (Manifest manifest : looked.manifests()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      Instant placed = looked.placedAt().getOrDefault(manifest.name(), Instant.EPOCH);
      Duration begun = clock.now();
      PodSeen seen = world.pod(manifest);
      PodLooked told = judged(manifest, placed, seen, begun);
      inbox.post(new Message.Rolled(world, told));
      found.put(manifest.name(), seen);
      trouble |= !(told.verdict() instanceof PodVerdict.Matches);
    }
    second
        .of(found, trouble)
        .forEach((name, seen) -> inbox.post(new Message.PodSighted(world, name, seen)));
  }

  private PodLooked judged(Manifest manifest, Instant placed, PodSeen seen, Duration begun) {
    PodVerdict verdict = world.verdict(manifest, seen, placed, clock.wall());
    boolean made =
        seen.containers().stream().anyMatch(container -> !container.created().isBefore(placed));
    Optional<CheckResult> probe = world.probe(manifest).map(RolloutEyes::checked);
    return new PodLooked(manifest.name(), manifest.sha256(), verdict, probe, made, placed, begun);
  }

  private static CheckResult checked(Probe probe) {
    try {
      return probe.check(PROBE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CheckResult.Inconclusive("interrupted");
    }
  }

  @Override
  public void close() {
    watch.ifPresent(FileWatch.Watch::close);
    directory.close();
    pods.close();
  }
}
