package io.hasupervisor.observe.etcd;

import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that was asked in one round, in parallel.
 *
 * @param at monotonic time at which the round ended, {@code wall} the same for people; {@code took}
 *     is its length
 * @param members the own one first; one for each member of the newest proven list, or for each
 *     configured endpoint before there is one
 * @param lists member lists of this round; empty in most rounds while all is well
 * @param attestations E6, as read through the own member or another; the newest of each member
 * @param metrics E5, of the own member
 * @param process E7
 * @param elsewhere E8: name of another master whose apiserver says that all is well; asked only
 *     where the own member knows no leader
 * @param lock by which the masters take turns, read together with the attestations
 */
public record EtcdRound(
    Duration at,
    Instant wall,
    Duration took,
    List<MemberEvidence> members,
    List<MemberList> lists,
    Answer<List<Attestation>> attestations,
    Answer<MetricsSeen> metrics,
    ProcessSeen process,
    Answer<String> elsewhere,
    Answer<LockSeen> lock) {
  public EtcdRound {
    members = List.copyOf(members);
    lists = List.copyOf(lists);
  }

  /** This host's member. */
  public Optional<MemberEvidence> own() {
    return members.stream().filter(MemberEvidence::own).findFirst();
  }
}
