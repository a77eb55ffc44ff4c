package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdRound;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered from round to round; replaced, never changed. All times are monotonic.
 *
 * @param started when the daemon began to watch
 * @param period of the rounds; one that comes three of them late tells more of this host
 * @param members by id, else by URL
 * @param disturbed when a voter that was counted on last failed, or the leader or the list changed;
 *     at first the start, as nothing is known of the time before it
 * @param disturbedByOthers the same without the failures of this host's own member
 * @param since when {@code state} began
 * @param last end of the last round
 * @param doubt whether that round left something to be looked at again soon
 */
public record EtcdHistory(
    Duration started,
    Duration period,
    Identity identity,
    Roster roster,
    Map<String, MemberTrack> members,
    Attestations attestations,
    Alarms alarms,
    QuorumProof proof,
    Accord accord,
    Leadership leadership,
    Duration disturbed,
    Duration disturbedByOthers,
    Optional<Duration> listChanged,
    ClusterState state,
    Duration since,
    Optional<Duration> last,
    boolean doubt) {

  public EtcdHistory {
    members = Map.copyOf(members);
  }

  /** At the daemon's start, with rounds every 10 seconds. */
  public static EtcdHistory at(Duration started, Optional<EtcdMaxima> remembered) {
    return at(started, Duration.ofSeconds(10), remembered);
  }

  /**
   * At the daemon's start.
   *
   * @param started monotonic time
   * @param period from the start of one round to that of the next, while all is well
   * @param remembered of earlier lives
   */
  public static EtcdHistory at(Duration started, Duration period, Optional<EtcdMaxima> remembered) {
    return new EtcdHistory(
        started,
        period,
        Identity.of(remembered),
        new Roster(Optional.empty(), remembered.flatMap(EtcdMaxima::member)),
        Map.of(),
        Attestations.NONE,
        Alarms.NONE,
        QuorumProof.NONE,
        Accord.FULL,
        Leadership.NONE,
        started,
        started,
        Optional.empty(),
        ClusterState.QUORUM_UNKNOWN,
        started,
        Optional.empty(),
        false);
  }

  /** The most that was ever proven, with the time of the newest proof. */
  public Optional<EtcdMaxima> maxima() {
    return identity.maxima();
  }

  /**
   * Takes etcd for what it is now: what was remembered is forgotten, and the next proof says which
   * cluster this is. Restored members have new ids, and the cluster too.
   */
  public EtcdHistory accepted() {
    EtcdHistory fresh = at(started, period, Optional.empty());
    return new EtcdHistory(
        started,
        period,
        fresh.identity,
        fresh.roster,
        members,
        attestations,
        alarms,
        proof,
        fresh.accord,
        leadership,
        last.orElse(started),
        last.orElse(started),
        last,
        state,
        since,
        last,
        true);
  }

  /**
   * From the start of the last round to the start of the next: 2 seconds where the last one left a
   * doubt, as a lost quorum is to be named within 22 seconds; else the period.
   */
  public Duration nextLook(Duration period) {
    return doubt && period.compareTo(Limits.DOUBT) > 0 ? Limits.DOUBT : period;
  }

  /** Whether the round tells more of this host, starved or resumed, than of etcd. */
  boolean late(EtcdRound round) {
    boolean slow = round.took().compareTo(Limits.ROUND) > 0;
    return slow
        || last.filter(end -> !Limits.within(period.multipliedBy(3), end, round.at())).isPresent();
  }

  /** What is remembered of a member; before its id was known, by its URL. */
  MemberTrack member(Roster.Subject subject, Duration now) {
    MemberTrack known = members.get(subject.key());
    return known == null ? members.getOrDefault(subject.url(), MemberTrack.unseen(now)) : known;
  }
}
