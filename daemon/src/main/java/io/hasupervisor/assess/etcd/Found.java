package io.hasupervisor.assess.etcd;

import java.util.Optional;

/**
 * What one round says of one member, before anything is asked of the rounds before it.
 *
 * @param state by the first rule that matches
 * @param why a few words
 * @param reason to be told beside it
 * @param kind what the rounds before have to do with it
 */
record Found(MemberState state, String why, Optional<EtcdReason> reason, Kind kind) {

  /** How a round counts. */
  enum Kind {
    /** It serves. */
    GOOD,
    /** It serves and votes; what is full is the database: alarm NOSPACE. */
    FULL,
    /** It serves, but not as it should. */
    WEAK,
    /** Somebody said so who must know: it holds at once. */
    SAID,
    /** It did not serve: it holds once it lasts. */
    BAD,
    /** Nothing can be concluded. */
    NOTHING
  }

  static Found good(MemberState state, String why) {
    return new Found(state, why, Optional.empty(), Kind.GOOD);
  }

  static Found full(String why) {
    return new Found(MemberState.DEGRADED, why, Optional.empty(), Kind.FULL);
  }

  static Found weak(String why) {
    return new Found(MemberState.DEGRADED, why, Optional.empty(), Kind.WEAK);
  }

  static Found said(MemberState state, String why) {
    return new Found(state, why, Optional.empty(), Kind.SAID);
  }

  static Found bad(MemberState state, String why) {
    return new Found(state, why, Optional.empty(), Kind.BAD);
  }

  static Found nothing(String why) {
    return new Found(MemberState.UNKNOWN, why, Optional.empty(), Kind.NOTHING);
  }

  Found because(EtcdReason told) {
    return new Found(state, why, Optional.of(told), kind);
  }

  /** It means nothing in a round that tells more of this host than of etcd. */
  Found inLateRound() {
    return kind == Kind.BAD || kind == Kind.WEAK ? nothing(why + ", in a late round") : this;
  }
}
