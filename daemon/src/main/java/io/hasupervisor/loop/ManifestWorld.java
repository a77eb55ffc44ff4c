package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.Rendering;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.observe.Probe;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.PodSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the placement of one master's manifests needs of the world. All of it may block, and is
 * called from threads that are interrupted.
 */
public interface ManifestWorld {

  /**
   * A stored revision.
   *
   * @throws IOException when it is damaged or cannot be read; the message is a sentence
   */
  Optional<Target> revision(int number) throws IOException;

  /** Removes what placements that were killed have left; once, before anything is placed. */
  void tidy();

  /** The revision that the store is marked with. */
  Optional<Integer> current() throws IOException;

  /** The newest revision that ran well for long enough. */
  Optional<Integer> lastKnownGood() throws IOException;

  /** The manifest directory now; that it cannot be read is an answer. */
  DirectorySeen directory();

  /** Another tool whose directory it is. */
  Optional<String> owner(DirectorySeen seen);

  /** What is wrong in the directory, where {@code expected} is to stand; pure. */
  List<Finding> findings(List<Manifest> expected, DirectorySeen seen, Duration now);

  /** Calls {@code changed} whenever something in the directory may have changed. */
  FileWatch.Watch onChange(Runnable changed);

  /** The containers of this manifest's pod now. */
  PodSeen pod(Manifest manifest);

  /** The same with the last lines of ended ones, each of which is read once. */
  PodSeen withOutput(PodSeen seen);

  /** What the kubelet says of these pods, by {@code namespace/name}; it may say nothing. */
  KubeletSeen kubelet(Set<String> pods) throws InterruptedException;

  /**
   * Whether they are what the manifest says; pure.
   *
   * @param placedAt wall time of its placement; {@link Instant#EPOCH} where it has long stood there
   */
  PodVerdict verdict(Manifest manifest, PodSeen seen, Instant placedAt, Instant now);

  /** The probe that the manifest names, if any. */
  Optional<Probe> probe(Manifest manifest);

  /**
   * Whether the file that stands in the directory now is the same pod to the kubelet, so that it
   * will make no new containers.
   */
  boolean standsAs(Manifest manifest);

  /** Does it; ends early when interrupted. */
  Outcome carryOut(RolloutAction action) throws InterruptedException;

  /**
   * What the present configuration would place.
   *
   * @throws IOException when a template cannot be read
   */
  Rendering render() throws IOException;

  /** Time between two looks: short while something is to be verified. */
  default Duration between(boolean haste) {
    return haste ? Duration.ofSeconds(2) : Duration.ofSeconds(30);
  }

  /** Files whose change may change the rendering. */
  List<Path> templates();
}
