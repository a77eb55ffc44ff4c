package io.hasupervisor.observe.leader;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The record by which the instances of one component agree who leads.
 *
 * @param source where it stands
 * @param holder its identity as written, such as {@code master-1_5f3a...}; empty: given up
 * @param transitions how often the leader has changed
 * @param seconds for which the holder asked
 * @param renewed by the holder's clock; shown, never used to judge
 * @param ahead how far {@code renewed} lay in this host's future when it was read; else zero
 * @param version grows or changes with each write: {@code resourceVersion}
 */
public record LeaderRecord(
    Source source,
    String holder,
    long transitions,
    int seconds,
    Optional<Instant> renewed,
    Duration ahead,
    String version) {

  /** Where such records stand. */
  public enum Source {
    /** {@code coordination.k8s.io/v1}, in kube-system. */
    LEASE,
    /** Annotation {@code control-plane.alpha.kubernetes.io/leader} of an Endpoints object. */
    ENDPOINTS
  }
}
