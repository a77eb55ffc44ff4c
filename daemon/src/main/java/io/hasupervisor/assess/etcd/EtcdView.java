package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * etcd as this host judges it after a round (control-plane 3.1.1).
 *
 * @param underlying the quorum's state behind READ_ONLY, CORRUPT, SPLIT_VIEW and DATA_REGRESSION
 * @param since monotonic time since which {@code state} holds; {@code at} that of the round
 * @param external whether no member is this host's
 * @param proven whether a linearizable read succeeded in the last 15 seconds
 * @param proof when the newest one did, {@code proofVia} whom
 * @param quorum voters needed
 * @param healthy voters that are called HEALTHY (or attested to be), {@code available} those and
 *     the DEGRADED ones
 * @param canLose voters that may stop now, keeping quorum: it counts healthy ones that served in
 *     the newest round, so one failure lowers it at once, while names of states wait for three
 * @param canLoseAvailable the same on {@code available}: told, never used to permit anything
 * @param tolerance voters that may stop where all are HEALTHY
 * @param remembered highest revision that was ever proven to this host
 * @param alarms such as {@code NOSPACE 8211f1d0f64f3269}
 * @param reasons stable codes beside the state, such as {@code PEER_LINK}
 * @param unstable monotonic time of the last failure of a voter that was counted on, change of
 *     leader or of the list, late round, or of the start; empty once it is more than 60 s ago
 * @param othersUnstable the same without the failures of this host's own member: those are no
 *     reason to leave it alone
 * @param membersChanged monotonic time of the last change of the member list, or of who votes, that
 *     this daemon saw; empty where it saw none
 * @param attested what the other members' daemons wrote last, of this cluster
 * @param summary one sentence
 */
public record EtcdView(
    ClusterState state,
    Optional<ClusterState> underlying,
    Duration since,
    Duration at,
    boolean external,
    boolean proven,
    Optional<Duration> proof,
    Optional<EtcdId> proofVia,
    int voters,
    int learners,
    int quorum,
    int healthy,
    int available,
    int canLose,
    int canLoseAvailable,
    int tolerance,
    Optional<EtcdId> cluster,
    Optional<EtcdId> leader,
    long term,
    long revision,
    long remembered,
    List<String> alarms,
    List<String> reasons,
    Optional<Duration> unstable,
    Optional<Duration> othersUnstable,
    Optional<Duration> membersChanged,
    List<MemberView> members,
    List<Heard> attested,
    String summary) {
  public EtcdView {
    alarms = List.copyOf(alarms);
    reasons = List.copyOf(reasons);
    members = List.copyOf(members);
    attested = List.copyOf(attested);
  }

  /** This host's member. */
  public Optional<MemberView> own() {
    return members.stream().filter(MemberView::own).findFirst();
  }

  /** As if nothing had failed or changed in the last minute. */
  public EtcdView calm() {
    return new EtcdView(
        state,
        underlying,
        since,
        at,
        external,
        proven,
        proof,
        proofVia,
        voters,
        learners,
        quorum,
        healthy,
        available,
        canLose,
        canLoseAvailable,
        tolerance,
        cluster,
        leader,
        term,
        revision,
        remembered,
        alarms,
        reasons,
        Optional.empty(),
        Optional.empty(),
        membersChanged,
        members,
        attested,
        summary);
  }

  /**
   * One member.
   *
   * @param id empty while no answer and no list has told it
   * @param since monotonic time since which {@code state} holds
   * @param why a few words: what makes it this state
   * @param answered whether it answered anything in the newest round
   * @param proof monotonic time of the last linearizable read through it, or of its attestation
   * @param lag entries of the raft log that it is behind the furthest one; -1 unknown
   * @param dbSize bytes of its database, {@code inUse} those not free; -1 unknown
   * @param evidence outcome of each question by its name, {@code E1} to {@code E6}, in a few words
   */
  public record MemberView(
      Optional<EtcdId> id,
      String name,
      String url,
      boolean own,
      boolean leader,
      boolean learner,
      MemberState state,
      Duration since,
      String why,
      boolean answered,
      Optional<Duration> proof,
      String version,
      long lag,
      long dbSize,
      long inUse,
      SortedMap<String, String> evidence) {

    /** Its name, else its id as etcdctl writes it, else its address. */
    public String called() {
      return name.isEmpty() ? id.map(EtcdId::toString).orElse(url) : name;
    }
  }
}
