package io.hasupervisor.assess.etcd;

import java.time.Duration;

/** The numbers of control-plane 3.1.7. All times are monotonic. */
final class Limits {
  /** Age of the newest linearizable read up to which quorum counts as proven. */
  static final Duration PROOF = Duration.ofSeconds(15);

  /** How long nothing but failures must have been seen: etcd's own limit for one request. */
  static final Duration FAILING = Duration.ofSeconds(7);

  /** Age of a sign that quorum is gone. */
  static final Duration SIGN = Duration.ofSeconds(30);

  /** Age of the newest attestation up to which its member counts as attested. */
  static final Duration ATTESTATION = Duration.ofSeconds(75);

  /** After the daemon's start, in which nothing is called lost. */
  static final Duration GRACE = Duration.ofSeconds(30);

  /** For how long members must disagree. */
  static final Duration DISAGREEMENT = Duration.ofSeconds(30);

  /** Without any disturbance, before anything may be disturbed. */
  static final Duration STABLE = Duration.ofSeconds(60);

  /** Rounds of one kind that make a member healthy, or not. */
  static final int ROUNDS = 3;

  /** For how long a member must fail, where that comes before {@link #ROUNDS}. */
  static final Duration UNHEALTHY = Duration.ofSeconds(15);

  /** A longer round tells more of this host than of etcd. */
  static final Duration ROUND = Duration.ofSeconds(10);

  /** To the next round, where the last one left a doubt. */
  static final Duration DOUBT = Duration.ofSeconds(2);

  /** Time over which slowness is judged, and from where on a read is slow. */
  static final Duration SAMPLES = Duration.ofMinutes(1);

  static final Duration SLOW = Duration.ofSeconds(1);

  /** Entries of the raft log. */
  static final long LAG = 1000;

  private Limits() {}

  /** Whether {@code then} is no further back than that. */
  static boolean within(Duration limit, Duration then, Duration now) {
    return now.minus(then).compareTo(limit) <= 0;
  }
}
