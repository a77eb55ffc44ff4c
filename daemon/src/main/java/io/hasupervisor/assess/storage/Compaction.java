package io.hasupervisor.assess.storage;

import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.MetricsSeen;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Since when the own member's store has not been compacted, as far as it was seen.
 *
 * @param count compactions of the process
 * @param since monotonic time of the last one, or of the first look
 * @param revision of that moment; 0 unknown
 */
record Compaction(long count, Duration since, long revision) {

  static Optional<Compaction> of(Optional<Compaction> before, EtcdRound round, long revision) {
    OptionalLong told =
        round.metrics().got().map(MetricsSeen::compactions).orElse(OptionalLong.empty());
    if (told.isEmpty()) {
      return before;
    }
    long count = told.getAsLong();
    // A new process counts from 0, which is no compaction.
    boolean none = before.isPresent() && (count == 0 || count == before.get().count());
    Compaction now =
        none
            ? new Compaction(count, before.get().since(), before.get().from(revision))
            : new Compaction(count, round.at(), revision);
    return Optional.of(now);
  }

  /** A revision that was not known, or is of an older database, is replaced. */
  private long from(long now) {
    return revision == 0 || now < revision ? now : revision;
  }
}
