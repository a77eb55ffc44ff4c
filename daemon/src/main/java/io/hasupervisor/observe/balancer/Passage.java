package io.hasupervisor.observe.balancer;

import io.hasupervisor.observe.api.ApiAnswer;
import java.util.Optional;

/**
 * One connection through the load balancer.
 *
 * @param certificate SHA-256 of the certificate that was shown, in hexadecimal; told also where it
 *     is not trusted
 * @param distrust why the certificate is not one that clients would take: expired, not yet valid,
 *     of another authority, or without the load balancer's name, as a clause about who showed it;
 *     empty: it is
 * @param answer to {@code /healthz}, whatever the certificate
 */
public record Passage(Optional<String> certificate, Optional<String> distrust, ApiAnswer answer) {

  /** Whether an apiserver served it: one that permits nothing (401, 403) does. */
  public boolean served() {
    return answer instanceof ApiAnswer.Well || answer instanceof ApiAnswer.Denied;
  }
}
