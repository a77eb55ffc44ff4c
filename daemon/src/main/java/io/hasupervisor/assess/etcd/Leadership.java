package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who leads, by the members' word of the highest term.
 *
 * @param last the newest leader that was known
 * @param named the one that was named in the newest round
 */
record Leadership(Optional<EtcdId> last, Optional<EtcdId> named, long term) {
  static final Leadership NONE = new Leadership(Optional.empty(), Optional.empty(), 0);

  Leadership after(Collection<StatusSeen> answers) {
    Optional<EtcdId> now =
        answers.stream()
            .filter(status -> status.leader().isPresent())
            .max(Comparator.comparingLong(status -> status.header().term()))
            .flatMap(StatusSeen::leader);
    long newest = answers.stream().mapToLong(status -> status.header().term()).max().orElse(term);
    return new Leadership(now.or(() -> last), now, newest);
  }

  /** Whether another leads than before; the first one that is seen is no change. */
  boolean differs(Leadership before) {
    return before.last.isPresent() && (!before.last.equals(last) || term > before.term);
  }
}
