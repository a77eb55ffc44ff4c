package io.hasupervisor.loop;

import io.hasupervisor.observe.Exit;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last deaths of one service, for people: kept across reboots, decides nothing.
 *
 * @param deaths oldest first, at most {@link #KEPT}
 */
public record Tally(List<Death> deaths) {
  /** Deaths remembered per service. */
  static final int KEPT = 100;

  /** No death seen. */
  public static final Tally EMPTY = new Tally(List.of());

  /**
   * One death.
   *
   * @param reason one sentence
   */
  public record Death(Instant at, Exit exit, String reason) {}

  public Tally {
    deaths = deaths.stream().skip(Math.max(0, deaths.size() - KEPT)).toList();
  }

  /** This tally and {@code death}, without the oldest where there are too many. */
  public Tally with(Death death) {
    return new Tally(Stream.concat(deaths.stream(), Stream.of(death)).toList());
  }
}
