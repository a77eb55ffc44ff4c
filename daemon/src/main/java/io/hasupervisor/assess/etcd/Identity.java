package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which cluster this is, and the most it was ever proven to hold (control-plane 3.1.6).
 *
 * <p>The cluster is the remembered one; without memory that of the own member's first proof, else
 * of anybody's. A member of another one is FOREIGN. Where no answer has named the remembered
 * cluster for 30 s and all that prove quorum agree on another, that one is judged instead; but it
 * is not the data that this host knew, so until the operator accepts it the state is
 * DATA_REGRESSION, reason CLUSTER_CHANGED, and the memory stays as it is. The remembered cluster,
 * proven once more, takes its place again.
 *
 * @param stranger the other cluster
 * @param regression that the remembered cluster was proven to hold less; stays until accepted, as
 *     an emptied cluster may grow past what is remembered
 */
record Identity(
    Optional<EtcdMaxima> maxima, Optional<Stranger> stranger, Optional<Regression> regression) {

  /** Another cluster in place of the remembered one, and whether it is judged by now. */
  record Stranger(EtcdId cluster, Duration since, boolean judged) {}

  /** A linearizable revision below the remembered one, and when it was read. */
  record Regression(long revision, Instant at) {}

  static Identity of(Optional<EtcdMaxima> maxima) {
    return new Identity(maxima, Optional.empty(), Optional.empty());
  }

  /** The cluster that is judged; empty while nothing has been proven yet. */
  Optional<EtcdId> cluster() {
    return stranger
        .filter(Stranger::judged)
        .map(Stranger::cluster)
        .or(() -> maxima.map(EtcdMaxima::cluster));
  }

  boolean changed() {
    return stranger.filter(Stranger::judged).isPresent();
  }

  /** Looks at who answers; the own member comes first in a round. */
  Identity seen(EtcdRound round) {
    if (maxima.isEmpty()) {
      return new Identity(
          proofs(round)
              .findFirst()
              .map(
                  first ->
                      new EtcdMaxima(first.cluster(), Optional.empty(), 0, 0, 0, round.wall())),
          Optional.empty(),
          Optional.empty());
    }
    EtcdId known = maxima.get().cluster();
    Set<EtcdId> proven = proofs(round).map(Header::cluster).collect(Collectors.toSet());
    if (proven.contains(known)) {
      return new Identity(maxima, Optional.empty(), regression);
    }
    if (changed() || proven.isEmpty()) {
      return this;
    }
    boolean alone = proven.size() == 1 && !named(round, known);
    return new Identity(
        maxima,
        alone ? stranger(proven.iterator().next(), round.at()) : Optional.empty(),
        regression);
  }

  private Optional<Stranger> stranger(EtcdId other, Duration at) {
    Duration since =
        stranger.filter(seen -> seen.cluster().equals(other)).map(Stranger::since).orElse(at);
    boolean judged = at.minus(since).compareTo(Limits.DISAGREEMENT) >= 0;
    return Optional.of(new Stranger(other, since, judged));
  }

  /**
   * Takes over what was proven in this round, unless it is not the remembered cluster or holds
   * less.
   *
   * @param proofs linearizable answers of voters of {@link #cluster}
   * @param index raft index of the furthest of these members; 0 where none told
   */
  Identity proven(Collection<Header> proofs, long index, Optional<EtcdId> own, Instant wall) {
    if (maxima.isEmpty() || changed()) {
      return this;
    }
    EtcdMaxima most = maxima.get();
    if (proofs.isEmpty()) {
      // Somebody answered, but nobody known to vote: that is nothing to remember.
      return most.term() == 0 ? of(Optional.empty()) : this;
    }
    // A read that was answered by "permission denied" has no revision.
    Optional<Regression> less =
        proofs.stream()
            .map(Header::revision)
            .filter(revision -> revision > 0 && revision < most.revision())
            .min(Long::compare)
            .map(revision -> new Regression(revision, wall));
    if (regression.isPresent() || less.isPresent()) {
      return new Identity(maxima, stranger, regression.or(() -> less));
    }
    long revision = proofs.stream().mapToLong(Header::revision).max().orElse(0);
    long term = proofs.stream().mapToLong(Header::term).max().orElse(0);
    EtcdMaxima raised =
        new EtcdMaxima(
            most.cluster(),
            own.or(most::member),
            Math.max(most.revision(), revision),
            Math.max(most.index(), index),
            Math.max(most.term(), term),
            wall);
    return new Identity(Optional.of(raised), stranger, regression);
  }

  private static Stream<Header> proofs(EtcdRound round) {
    return round.members().stream().flatMap(member -> member.linearizable().got().stream());
  }

  /** Whether any answer named this cluster. */
  private static boolean named(EtcdRound round, EtcdId cluster) {
    return round.members().stream().flatMap(Identity::clusters).anyMatch(cluster::equals);
  }

  /** The clusters to which a member says that it belongs. */
  static Stream<EtcdId> clusters(MemberEvidence member) {
    Answer<StatusSeen> status = member.status();
    return Stream.of(
            member.linearizable().got(),
            member.serializable().got(),
            status.got().map(StatusSeen::header))
        .flatMap(Optional::stream)
        .map(Header::cluster);
  }
}
