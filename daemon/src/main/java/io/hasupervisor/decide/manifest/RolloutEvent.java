package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.manifest.DirectorySeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is, not what changed: a lost event costs one look. */
public sealed interface RolloutEvent {

  /**
   * The directory was looked at.
   *
   * @param owner another tool whose directory it is
   */
  record DirectoryLooked(DirectorySeen seen, Optional<String> owner) implements RolloutEvent {}

  /**
   * One pod was looked at.
   *
   * @param manifest name of the manifest
   * @param sha256 of the manifest's text that it was held against
   * @param probe what its probe found; empty: none is known
   * @param made whether a container was made since the manifest was placed
   * @param placed wall time by which its containers were told from those of an earlier manifest:
   *     {@link RolloutFacts#placedAt}
   * @param at monotonic time at which the look began
   */
  record PodLooked(
      String manifest,
      String sha256,
      PodVerdict verdict,
      Optional<CheckResult> probe,
      boolean made,
      Instant placed,
      Duration at)
      implements RolloutEvent {

    /** The same look, judged otherwise. */
    public PodLooked judged(PodVerdict other) {
      return new PodLooked(manifest, sha256, other, probe, made, placed, at);
    }
  }

  /**
   * An action ended: what was seen before {@code at} is stale.
   *
   * @param begun wall time, the clock of docker's containers
   */
  record Finished(long number, Outcome outcome, Instant begun, Duration at)
      implements RolloutEvent {}

  /** An operator wants this revision placed. */
  record Ordered(Target target) implements RolloutEvent {}

  /** etcd was judged. */
  record EtcdJudged(EtcdFacts etcd) implements RolloutEvent {}

  /** Time has passed. */
  record Ticked() implements RolloutEvent {}
}
