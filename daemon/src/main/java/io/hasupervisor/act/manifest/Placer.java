package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Puts manifests into the kubelet's directory: at every moment, also after kill -9 or power loss,
 * the kubelet finds the old file or the new one, whole, and no other that it would take for one.
 */
public final class Placer {
  private static final Path LOCK = Path.of("/run/lock/ha-supervisor-manifests");
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final Path directory;
  private final Path lock;
  private final Duration wait;
  private final PlaceCheck check;
  private final Staging staging;
  private final Relabel relabel;

  /** Places into {@code directory}; nothing is looked at yet. */
  public Placer(Path directory) {
    this(directory, LOCK, WAIT, SystemClock.verified(), Relabel.HOST);
  }

  Placer(Path directory, Path lock, Duration wait, Clock clock, Relabel relabel) {
    this.directory = directory;
    this.lock = lock;
    this.wait = wait;
    this.check = new PlaceCheck(directory, clock);
    this.staging = new Staging(directory);
    this.relabel = relabel;
  }

  /**
   * Places one manifest; a file with the same bytes is not touched.
   *
   * @return {@link Outcome.Failed} with the reason and the cure when what was there still is;
   *     {@link Outcome.Uncertain} when the new file is in place but may not be after a power loss
   */
  public Outcome place(Manifest manifest) {
    Path target = directory.resolve(manifest.file());
    Optional<String> unfit = ManifestFiles.fault(manifest);
    if (unfit.isPresent()) {
      return new Outcome.Failed(unfit.get());
    }
    try (ProcessLock _ = ProcessLock.take(lock, wait)) {
      Optional<String> refusal = check.refusal().or(() -> check.refusal(target));
      if (refusal.isPresent()) {
        return new Outcome.Failed(refusal.get());
      }
      return holds(target, manifest) ? new Outcome.Done() : put(target, manifest);
    } catch (IOException e) {
      return failed(target, e);
    }
  }

  private Outcome put(Path target, Manifest manifest) {
    try {
      staging.put(manifest.file(), manifest.bytes());
    } catch (IOException e) {
      return failed(target, e);
    }
    relabel.apply(target);
    try {
      Durable.sync(directory);
      return holds(target, manifest)
          ? new Outcome.Done()
          : new Outcome.Failed(
              target
                  + " was placed and then changed at once: another program writes it, stop that");
    } catch (IOException e) {
      return new Outcome.Uncertain(
          "%s was placed, but may be the old one again after a power loss: %s"
              .formatted(target, Reason.withFile(e)));
    }
  }

  private static boolean holds(Path target, Manifest manifest) {
    try {
      return Arrays.equals(WholeFile.read(target, ManifestFiles.SIZE_LIMIT), manifest.bytes());
    } catch (IOException e) {
      return false;
    }
  }

  private static Outcome failed(Path target, IOException e) {
    return new Outcome.Failed(
        "%s was not placed and is as it was: %s".formatted(target, Reason.withFile(e)));
  }

  /** Removes what placements that did not come to their end left beside the directory. */
  public void clean() {
    try (ProcessLock _ = ProcessLock.take(lock, wait)) {
      staging.clean();
    } catch (IOException e) {
      Logger.warn("What earlier placements left cannot be removed: {}", Reason.withFile(e));
    }
  }
}
