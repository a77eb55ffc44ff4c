package io.hasupervisor.assess.etcd;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

/** What is to be told beside the cluster's state. Names are stable. */
public enum EtcdReason {
  /** No round of questions has ended for too long. */
  NO_ROUND,
  /** The last round was late or took too long: this host was not running, or is starved. */
  LATE_ROUND,
  /** The daemon has not watched for long enough to say. */
  STARTING,
  /** Quorum is proven, but nobody gave the member list. */
  NO_MEMBER_LIST,
  /** Another cluster answers in place of the one that this host remembers. */
  CLUSTER_CHANGED,
  /** A member answers that belongs to another cluster. */
  FOREIGN_CLUSTER,
  /** Two clusters prove quorum at the same time. */
  TWO_CLUSTERS,
  /** Members that prove quorum give different member lists. */
  LISTS_DIFFER,
  /** Members name two leaders of one term. */
  TWO_LEADERS,
  /** This host's member is not in the cluster any more. */
  OWN_REMOVED,
  /** The others' peer ports answer, and yet this host's member finds no leader. */
  PEER_LINK,
  /** Certificates or permissions keep us from asking a member. */
  UNAUTHENTICATED,
  /** What answers at a member's address is not etcd, or another member. */
  NOT_ETCD,
  /** A member cannot be asked from here, and its own daemon does not say that it is well. */
  NOT_ATTESTED,
  /** A member that does not vote. */
  LEARNER,
  /** A member that was added and never ran. */
  UNSTARTED,
  /** Two voters survive less than one. */
  TWO_VOTERS,
  /** An even number of voters survives no more than one fewer. */
  EVEN_VOTERS,
  /** A member is more than one minor version away from the others. */
  VERSION_SKEW,
  /** A member is far behind the leader. */
  LAG,
  /** A member's reads through consensus are slow. */
  SLOW;

  /** Those that these names stand for; names that are not ours are left out. */
  static Stream<EtcdReason> of(Collection<String> names) {
    return Arrays.stream(values()).filter(reason -> names.contains(reason.name()));
  }
}
