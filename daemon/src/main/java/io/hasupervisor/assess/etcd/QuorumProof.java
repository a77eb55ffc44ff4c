package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether quorum is proven, and for how long it has not been. All times are monotonic.
 *
 * @param newest the newest linearizable read that succeeded
 * @param failing when the first of the {@code failed} rounds began that came after it without one;
 *     late rounds begin it anew, as they tell more of this host than of etcd
 * @param sign when something last said that quorum is gone
 * @param elsewhere the newest word of another master that all is well
 */
record QuorumProof(
    Optional<Proof> newest,
    Optional<Duration> failing,
    int failed,
    Optional<Duration> sign,
    Optional<Elsewhere> elsewhere) {
  static final QuorumProof NONE =
      new QuorumProof(Optional.empty(), Optional.empty(), 0, Optional.empty(), Optional.empty());

  /**
   * A read that succeeded.
   *
   * @param at no later than it was answered
   */
  record Proof(Duration at, EtcdId via, String name, EtcdId cluster, long revision) {}

  /** Which master said so, and when. */
  record Elsewhere(String master, Duration at) {}

  boolean proven(Duration now) {
    return newest.filter(proof -> Limits.within(Limits.PROOF, proof.at(), now)).isPresent();
  }

  /** Forgets what was proven of another cluster. */
  QuorumProof of(Optional<EtcdId> cluster) {
    return new QuorumProof(
        newest.filter(proof -> cluster.filter(proof.cluster()::equals).isPresent()),
        failing,
        failed,
        sign,
        elsewhere);
  }

  QuorumProof after(Proof proof) {
    Duration at =
        newest.map(Proof::at).filter(old -> old.compareTo(proof.at()) > 0).orElse(proof.at());
    return new QuorumProof(
        Optional.of(new Proof(at, proof.via(), proof.name(), proof.cluster(), proof.revision())),
        Optional.empty(),
        0,
        Optional.empty(),
        elsewhere);
  }

  /** After a round in which no read succeeded. */
  QuorumProof afterNone(Duration begun, Duration at, boolean gone) {
    return new QuorumProof(
        newest,
        failing.or(() -> Optional.of(begun)),
        failed + 1,
        gone ? Optional.of(at) : sign,
        elsewhere);
  }

  /** After one that means nothing. */
  QuorumProof afterLate() {
    return new QuorumProof(newest, Optional.empty(), 0, Optional.empty(), elsewhere);
  }

  /** With the answer of another master; empty where none said that all is well. */
  QuorumProof elsewhere(Optional<String> master, Duration at) {
    return new QuorumProof(
        newest, failing, failed, sign, master.map(name -> new Elsewhere(name, at)));
  }

  /** Whether another master said lately that all is well. */
  Optional<String> wellElsewhere(Duration now) {
    return elsewhere
        .filter(word -> Limits.within(Limits.SIGN, word.at(), now))
        .map(Elsewhere::master);
  }

  /**
   * Whether quorum is to be called lost: no read for 15 s, failures seen for longer than etcd may
   * take for one, in more than one round, and a sign. One failed read proves nothing.
   *
   * @param started of the daemon
   */
  boolean lost(Duration started, Duration now) {
    Duration last = newest.map(Proof::at).orElse(started);
    return !Limits.within(Limits.PROOF, last, now)
        && !Limits.within(Limits.GRACE, started, now)
        && failed >= 2
        && failing.filter(since -> !Limits.within(Limits.FAILING, since, now)).isPresent()
        && sign.filter(seen -> Limits.within(Limits.SIGN, seen, now)).isPresent();
  }

  /** Whether it is worth looking again soon: quorum fails, and not yet for long. */
  boolean doubtful(Duration now) {
    return failing.filter(since -> Limits.within(Limits.GRACE, since, now)).isPresent();
  }
}
