package io.hasupervisor.assess;

import io.hasupervisor.observe.CheckResult.Failed;
import java.util.Optional;

/**
 * What all probes of a service say together.
 *
 * @param confirmed sick, and the tolerance of a probe is used up
 * @param failures failures of the worst probe, 0 when none counts
 * @param needed failures that confirm, for the worst probe
 * @param probe the worst probe's name, empty when none fails
 * @param failure the worst probe's newest failure, also one within its grace
 */
public record Verdict(
    Health health,
    boolean confirmed,
    int failures,
    int needed,
    String probe,
    Optional<Failed> failure) {

  /** Nothing is known. */
  public static final Verdict UNKNOWN =
      new Verdict(Health.UNKNOWN, false, 0, 0, "", Optional.empty());

  /** Every probe passes. */
  public static final Verdict HEALTHY =
      new Verdict(Health.HEALTHY, false, 0, 0, "", Optional.empty());
}
