package io.hasupervisor.observe.etcd;

import java.util.List;
import java.util.Optional;

/**
 * A member's own view (E3); it comes at once even where quorum is lost.
 *
 * @param index of the raft log; {@code applied} of what the store has taken over
 * @param dbSize bytes of the database file, {@code inUse} those that are not free pages; -1 unknown
 * @param errors alarms of all members ({@code "memberID:… alarm:NOSPACE "}), {@code "etcdserver: no
 *     leader"}
 */
public record StatusSeen(
    Header header,
    String version,
    Optional<EtcdId> leader,
    long index,
    long applied,
    long dbSize,
    long inUse,
    boolean learner,
    List<String> errors) {
  public StatusSeen {
    errors = List.copyOf(errors);
  }
}
