package io.hasupervisor.assess.leader;

import io.hasupervisor.observe.leader.LeaderRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How often others came to lead (control-plane 3.5; kubernetes#82960, #88111). */
final class Elections {
  static final Duration WINDOW = Duration.ofMinutes(15);

  /** More of them in the window are too many. */
  static final int MANY = 4;

  /** More than are told apart. */
  private static final int MOST = 100;

  private Elections() {}

  /** Those in the window, with what {@code record} tells of. */
  static List<Duration> after(LeaderHistory before, LeaderRecord record, Duration at) {
    List<Duration> elections = new ArrayList<>(before.elections());
    elections.addAll(Collections.nCopies(since(before, record, at), at));
    elections.removeIf(then -> at.minus(then).compareTo(WINDOW) > 0);
    return elections.subList(Math.max(0, elections.size() - MOST), elections.size());
  }

  /**
   * By the record's own count, which does not miss those between two looks; after a long pause one
   * at most, for nobody knows when the others were.
   */
  private static int since(LeaderHistory before, LeaderRecord record, Duration at) {
    Optional<LeaderRecord> last =
        before.last().map(LeaderHistory.Last::record).filter(it -> it.source() == record.source());
    if (last.isEmpty()) {
      return 0;
    }
    long counted = record.transitions() - last.get().transitions();
    boolean other = !record.holder().isEmpty() && !record.holder().equals(last.get().holder());
    boolean paused = before.looked().filter(it -> at.minus(it).compareTo(WINDOW) <= 0).isEmpty();
    return paused || counted <= 0 ? (other ? 1 : 0) : (int) Math.min(counted, MOST);
  }
}
