package io.hasupervisor.decide.disruption;

import java.time.Duration;
import java.time.Instant;

/**
 * When a step is made.
 *
 * @param now monotonic; every decision is by it
 * @param wall for people, and to be written into the lock
 * @param nonce another one at each moment: names a taking of the lock
 */
public record Moment(Duration now, Instant wall, String nonce) {}
