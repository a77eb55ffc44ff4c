package io.hasupervisor.observe.worker;

import io.hasupervisor.observe.api.ApiAnswer;
import java.time.Instant;
import java.util.Optional;

/**
 * One look at a worker's way to the apiservers.
 *
 * @param answer of the apiserver to which the kubelet is pointed, or of what sits in its place
 * @param client validity of the certificate by which the kubelet shows who it is, where that is
 *     known
 * @param at by the wall clock, as certificates count time
 */
public record WorkerRound(
    ClientSeen kubelet, ApiAnswer answer, Optional<Validity> client, Instant at) {

  /** From when until when a certificate is valid. */
  public record Validity(Instant from, Instant until) {}
}
