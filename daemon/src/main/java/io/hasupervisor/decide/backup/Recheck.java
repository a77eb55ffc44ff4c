package io.hasupervisor.decide.backup;

import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.Backup.State;
import io.hasupervisor.observe.backup.Sidecar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Which backup is read again to see whether it is still whole: at once those that nobody has
 * checked yet, else one by chance a day. The sidecars tell when that was last, over restarts.
 */
public final class Recheck {
  private static final Duration EVERY = Duration.ofDays(1);

  /** A check further than this from its backup, either way, is not the one of its making. */
  private static final Duration FIRST = Duration.ofHours(1);

  private Recheck() {}

  /**
   * The one whose turn it is.
   *
   * @param chance a number from 0 to below its argument
   */
  public static Optional<Backup> due(List<Backup> all, Instant wall, IntUnaryOperator chance) {
    Optional<Backup> unchecked = with(all, State.UNCHECKED).findFirst();
    if (unchecked.isPresent()) {
      return unchecked;
    }
    List<Backup> verified = with(all, State.VERIFIED).toList();
    Optional<Instant> last =
        Stream.concat(
                all.stream().flatMap(backup -> rechecked(backup).stream()),
                verified.stream().map(Backup::at).min(Instant::compareTo).stream())
            .filter(at -> !at.isAfter(wall))
            .max(Instant::compareTo);
    boolean due = last.filter(at -> Duration.between(at, wall).compareTo(EVERY) < 0).isEmpty();
    List<Backup> worthIt = verified.stream().filter(backup -> apart(backup.at(), wall)).toList();
    return due && !worthIt.isEmpty()
        ? Optional.of(worthIt.get(chance.applyAsInt(worthIt.size())))
        : Optional.empty();
  }

  private static Optional<Instant> rechecked(Backup backup) {
    return backup.sidecar().filter(it -> apart(it.at(), it.checked())).map(Sidecar::checked);
  }

  private static boolean apart(Instant made, Instant checked) {
    return Duration.between(made, checked).abs().compareTo(FIRST) > 0;
  }

  private static Stream<Backup> with(List<Backup> all, State state) {
    return all.stream().filter(backup -> backup.state() == state);
  }
}
