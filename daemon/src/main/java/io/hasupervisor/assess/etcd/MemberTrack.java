package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.Optional;

/**
 * One member over the rounds: it is called healthy after 3 good rounds and unhealthy after 3 failed
 * ones or 15 s, but counted on only where the newest round was good.
 *
 * @param shown what it is called now; since when, monotonic, says {@code since}
 * @param proof monotonic time of the newest proof through it
 * @param link when its peer port or link was last seen up
 * @param told when it last served, or was first looked for; moved on by rounds that tell nothing
 */
record MemberTrack(
    Found shown,
    Duration since,
    Streak streak,
    Optional<Duration> proof,
    Optional<Duration> link,
    Duration told,
    Reads reads) {

  static MemberTrack unseen(Duration now) {
    return new MemberTrack(
        Found.nothing("not asked yet"),
        now,
        Streak.NONE,
        Optional.empty(),
        Optional.empty(),
        now,
        Reads.NONE);
  }

  MemberState state() {
    return shown.state();
  }

  boolean well() {
    return state().well();
  }

  /** It is well, and was so in the newest round: only such a one may take another's place. */
  boolean serves() {
    return well() && streak.good() > 0;
  }

  /** It takes part in agreement; what it may lack is space. */
  boolean votes() {
    return well() || shown.kind() == Found.Kind.FULL;
  }

  boolean available() {
    return well() || state() == MemberState.DEGRADED;
  }

  /** Whether it fails, and not yet for long enough to be called so. */
  boolean doubtful(Duration now) {
    return streak.bad() > 0 && !streak.longBad(told, now);
  }

  /** Whether its link is up; where that was not asked, by what was last seen. */
  boolean linked(Optional<Boolean> now, Duration at) {
    return now.orElseGet(
        () -> link.filter(seen -> Limits.within(Limits.ATTESTATION, seen, at)).isPresent());
  }

  MemberTrack read(Duration at, Duration took) {
    return new MemberTrack(shown, since, streak, proof, link, told, reads.with(at, took));
  }

  MemberTrack proven(Duration at) {
    return new MemberTrack(shown, since, streak, Optional.of(at), link, told, reads);
  }

  MemberTrack linked(boolean up, Duration at) {
    return new MemberTrack(
        shown, since, streak, proof, up ? Optional.of(at) : Optional.empty(), told, reads);
  }

  /**
   * After one more round.
   *
   * @param silent whether nothing at all came back
   * @param begun monotonic time at which the round began, {@code at} that at which it ended
   */
  MemberTrack after(Found found, boolean silent, Duration begun, Duration at) {
    return switch (found.kind()) {
      case GOOD, FULL -> afterGood(found, streak.afterGood(), at);
      case WEAK, SAID -> with(found, streak.afterWord(), at, at);
      case BAD -> afterBad(found, streak.afterBad(begun, silent), at);
      case NOTHING -> afterNothing(found, at);
    };
  }

  private MemberTrack afterGood(Found found, Streak next, Duration at) {
    return with(next.longGood() || votes() ? found : warming(), next, at, at);
  }

  private Found warming() {
    String why = "serves, but not for " + Limits.ROUNDS + " rounds yet";
    return state() == MemberState.DEGRADED ? Found.weak(why) : Found.nothing(why);
  }

  private MemberTrack afterBad(Found found, Streak next, Duration at) {
    return with(next.longBad(told, at) || failedBefore() ? found : waiting(found), next, at, told);
  }

  /** What it was called, until it has failed for long enough. */
  private Found waiting(Found found) {
    return switch (shown.kind()) {
      case GOOD, FULL, WEAK -> shown;
      case NOTHING, SAID, BAD -> Found.nothing(found.why());
    };
  }

  private boolean failedBefore() {
    return shown.kind() == Found.Kind.BAD;
  }

  /** A good name that no round has borne out for long is given up. */
  private MemberTrack afterNothing(Found found, Duration at) {
    Streak next = streak.afterNothing();
    boolean old = next.longMute() && available();
    return with(old ? Found.nothing(found.why()) : shown, next, at, at);
  }

  private MemberTrack with(Found next, Streak count, Duration at, Duration heard) {
    return new MemberTrack(
        next, next.state() == state() ? since : at, count, proof, link, heard, reads);
  }
}
