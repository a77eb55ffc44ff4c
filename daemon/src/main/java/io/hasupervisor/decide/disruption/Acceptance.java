package io.hasupervisor.decide.disruption;

import java.time.Duration;

/**
 * An operator's word that the loss of quorum is accepted for one action; used once.
 *
 * @param subject the service it is for; empty for the host
 * @param until monotonic time at which it lapses
 */
public record Acceptance(String subject, String by, Duration until) {}
