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

  /** A check later than this after its backup was begun is a further one. */
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
    return due && !verified.isEmpty()
        ? Optional.of(verified.get(chance.applyAsInt(verified.size())))
        : Optional.empty();
  }

  private static Optional<Instant> rechecked(Backup backup) {
    return backup
        .sidecar()
        .filter(it -> Duration.between(it.at(), it.checked()).compareTo(FIRST) > 0)
        .map(Sidecar::checked);
  }

  private static Stream<Backup> with(List<Backup> all, State state) {
    return all.stream().filter(backup -> backup.state() == state);
  }
}
