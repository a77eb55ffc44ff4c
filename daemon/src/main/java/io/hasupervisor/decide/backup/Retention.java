package io.hasupervisor.decide.backup;

import io.hasupervisor.cluster.BackupSettings.Keep;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.Backup.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Which backups go after a new one was made. The newest verified one never does, nor one that
 * nobody has checked yet.
 *
 * <p>They are gone through in the order they were made in, not of the clock: the newest of each of
 * so many hours, days and weeks, as their names say, is kept, whatever the clock says now.
 *
 * @param quota bytes that all of them may take
 */
public record Retention(Keep keep, long quota) {
  /** Broken ones that are kept for people to look at. */
  static final int BROKEN = 2;

  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  /** 1970 began with a Thursday. */
  private static final long MONDAY = 3 * DAY;

  /** Those that go, the oldest first. */
  public List<Backup> expired(List<Backup> all) {
    List<Backup> newestFirst = all.stream().sorted(Backup.NEWEST_FIRST).toList();
    Set<Backup> kept = new LinkedHashSet<>(wanted(newestFirst));
    kept.addAll(with(newestFirst, State.UNCHECKED));
    kept.addAll(with(newestFirst, State.BROKEN).stream().limit(BROKEN).toList());
    long size = kept.stream().mapToLong(Backup::size).sum();
    for (Backup least : leastWanted(newestFirst)) {
      if (size > quota && kept.remove(least)) {
        size -= least.size();
      }
    }
    return newestFirst.reversed().stream().filter(backup -> !kept.contains(backup)).toList();
  }

  private Set<Backup> wanted(List<Backup> newestFirst) {
    List<Backup> verified = with(newestFirst, State.VERIFIED);
    Set<Backup> wanted = new LinkedHashSet<>(verified.stream().limit(1).toList());
    wanted.addAll(slots(verified, keep.hourly(), backup -> seconds(backup) / HOUR));
    wanted.addAll(slots(verified, keep.daily(), backup -> seconds(backup) / DAY));
    wanted.addAll(slots(verified, keep.weekly(), backup -> (seconds(backup) + MONDAY) / (7 * DAY)));
    beforeFall(verified).ifPresent(wanted::add);
    return wanted;
  }

  private static long seconds(Backup backup) {
    return backup.at().getEpochSecond();
  }

  private static List<Backup> slots(
      List<Backup> newestFirst, int count, ToLongFunction<Backup> slot) {
    Set<Long> seen = new HashSet<>();
    return newestFirst.stream()
        .filter(backup -> seen.size() < count && seen.add(slot.applyAsLong(backup)))
        .toList();
  }

  /** The last one before the data became older may be the only copy of what was lost. */
  private static Optional<Backup> beforeFall(List<Backup> newestFirst) {
    for (int i = 1; i < newestFirst.size(); i++) {
      if (newestFirst.get(i).revision() > newestFirst.get(i - 1).revision()) {
        return Optional.of(newestFirst.get(i));
      }
    }
    return Optional.empty();
  }

  /** What goes first where room is scarce: broken ones, then the oldest; never the newest. */
  private static List<Backup> leastWanted(List<Backup> newestFirst) {
    List<Backup> least = new ArrayList<>(with(newestFirst, State.BROKEN).reversed());
    List<Backup> verified = with(newestFirst, State.VERIFIED);
    least.addAll(verified.subList(Math.min(1, verified.size()), verified.size()).reversed());
    return least;
  }

  private static List<Backup> with(List<Backup> all, State state) {
    return all.stream().filter(backup -> backup.state() == state).toList();
  }
}
