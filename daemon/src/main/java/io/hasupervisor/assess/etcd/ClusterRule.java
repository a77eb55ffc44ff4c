package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** The table of control-plane 3.1.5, first match wins. */
record ClusterRule(
    Duration started,
    Duration at,
    Identity identity,
    Accord accord,
    Alarms alarms,
    QuorumProof proof,
    Tally tally,
    Collection<Judged> members) {

  ClusterState state() {
    if (identity.regression().isPresent() || identity.changed()) {
      return ClusterState.DATA_REGRESSION;
    }
    if (accord.lasting()) {
      return ClusterState.SPLIT_VIEW;
    }
    if (alarms.any("CORRUPT") || members.stream().anyMatch(m -> m.is(MemberState.CORRUPT))) {
      return ClusterState.CORRUPT;
    }
    ClusterState quorum = quorum();
    return quorum.proven() && alarms.any("NOSPACE") ? ClusterState.READ_ONLY : quorum;
  }

  /** The quorum's state, where {@code state} is about something else. */
  Optional<ClusterState> underlying(ClusterState state) {
    return switch (state) {
      case DATA_REGRESSION, SPLIT_VIEW, CORRUPT, READ_ONLY -> Optional.of(quorum());
      case PARTITIONED_SELF,
          QUORUM_LOST,
          QUORUM_UNKNOWN,
          SINGLE,
          QUORUM_AT_RISK,
          QUORUM_DEGRADED,
          QUORUM_FULL ->
          Optional.empty();
    };
  }

  private ClusterState quorum() {
    if (partitioned()) {
      return ClusterState.PARTITIONED_SELF;
    }
    if (!proof.proven(at)) {
      return proof.lost(started, at) ? ClusterState.QUORUM_LOST : ClusterState.QUORUM_UNKNOWN;
    }
    return starting() ? ClusterState.QUORUM_UNKNOWN : counted();
  }

  private ClusterState counted() {
    int spare = tally.quorum().spare(tally.voting());
    if (tally.listed() && tally.voters() == 1) {
      return ClusterState.SINGLE;
    }
    if (!tally.listed() || spare == 0) {
      return ClusterState.QUORUM_AT_RISK;
    }
    return tally.voting() == tally.voters() && tally.learners() == 0
        ? ClusterState.QUORUM_FULL
        : ClusterState.QUORUM_DEGRADED;
  }

  /** Whether it is too early to say how many may be lost. */
  private boolean starting() {
    return Limits.within(Limits.GRACE, started, at)
        && (!tally.listed()
            || members.stream().anyMatch(m -> m.subject().voter() && m.is(MemberState.UNKNOWN)));
  }

  /**
   * This host's member knows no leader, and the cluster works: another master says so, or a read
   * went through another member.
   */
  private boolean partitioned() {
    Optional<Judged> cutOff = cutOff(members);
    boolean elsewhere = proof.wellElsewhere(at).isPresent() || (proof.proven(at) && !ownProof());
    return elsewhere
        && cutOff
            .filter(
                own ->
                    own.track().streak().failing(at).compareTo(Limits.UNHEALTHY) >= 0
                        || !proof.proven(at))
            .isPresent();
  }

  private boolean ownProof() {
    return cutOff(members)
        .flatMap(own -> own.track().proof())
        .filter(own -> Limits.within(Limits.PROOF, own, at))
        .isPresent();
  }

  /** This host's member, where it answers and finds no leader. */
  static Optional<Judged> cutOff(Collection<Judged> members) {
    return members.stream()
        .filter(member -> member.subject().own())
        .filter(
            own -> own.is(MemberState.LOCAL_ONLY) || own.found().state() == MemberState.LOCAL_ONLY)
        .findFirst();
  }

  /** Whether something says that quorum is gone: no leader, or too many voters stopped. */
  static boolean gone(Scene scene, Collection<Judged> members) {
    long down = members.stream().filter(m -> m.subject().voter() && m.is(MemberState.DOWN)).count();
    int voters = (int) members.stream().filter(member -> member.subject().voter()).count();
    return (voters > 0 && down >= new Quorum(voters).fatal())
        || members.stream()
            .filter(member -> member.subject().voter())
            .flatMap(member -> member.subject().evidence().stream())
            .anyMatch(scene::leaderless);
  }

  /** Voters that may stop, where the state lets anything be concluded. */
  int canLose(ClusterState state, int counted) {
    return state.proven() && tally.listed() && proof.proven(at) ? tally.quorum().spare(counted) : 0;
  }
}
