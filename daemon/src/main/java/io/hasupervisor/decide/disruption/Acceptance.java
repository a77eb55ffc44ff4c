package io.hasupervisor.decide.disruption;

import java.time.Duration;

/**
 * An operator's word that the loss of quorum is accepted for what he ordered; it holds as long as
 * that order waits or is carried out.
 *
 * @param subject the service or manifest it is for; empty for the host
 * @param until monotonic time at which it lapses, whatever has become of the order
 */
public record Acceptance(String subject, String by, Duration until) {
  /** Evidence is saved, the lock is waited for, the members are asked, an image is fetched. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** From {@code now} on. */
  public static Acceptance of(String subject, String by, Duration now) {
    return new Acceptance(subject, by, now.plus(LONGEST));
  }
}
