package io.hasupervisor.assess;

import java.time.Duration;

/**
 * How many failures of one probe are borne.
 *
 * @param inARow this many failures in a row confirm sickness, 1 or more
 * @param failures this many within {@code window} results confirm it too (finds flapping), at most
 *     {@code window}
 * @param window results looked back on
 * @param passes this many passes in a row end sickness, 1 or more
 * @param grace failures this soon after the start of a life do not count until the probe has passed
 *     once in that life
 * @param staleAfter without a conclusive result for this long the probe knows nothing
 */
public record Tolerance(
    int inARow, int failures, int window, int passes, Duration grace, Duration staleAfter) {
  public Tolerance {
    if (inARow < 1 || failures < 1 || window < failures || passes < 1) {
      throw new IllegalArgumentException(
          "tolerance out of range: " + inARow + ", " + failures + " of " + window);
    }
  }
}
