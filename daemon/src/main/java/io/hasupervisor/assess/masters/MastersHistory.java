package io.hasupervisor.assess.masters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered from look to look; replaced, never changed.
 *
 * @param heardSince monotonic time since which masters can be heard without a break
 * @param differences that were there at the last look at which masters could be heard
 */
public record MastersHistory(Optional<Duration> heardSince, List<Difference> differences) {
  /** Nothing was seen yet. */
  public static final MastersHistory NONE = new MastersHistory(Optional.empty(), List.of());

  public MastersHistory {
    differences = List.copyOf(differences);
  }
}
