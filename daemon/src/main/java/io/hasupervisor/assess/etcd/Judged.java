package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One member after a round.
 *
 * @param found what this round alone said
 * @param before what was remembered, {@code track} what is now
 * @param lag as in {@link MemberView}
 */
record Judged(Subject subject, Found found, MemberTrack before, MemberTrack track, long lag) {

  static Judged of(Scene scene, Subject subject, MemberTrack before) {
    Duration at = scene.round().at();
    Duration begun = at.minus(scene.round().took());
    Optional<MemberRound> told =
        subject.evidence().map(seen -> new MemberRound(scene, subject, seen));
    Found found =
        told.map(now -> MemberRule.found(now, before)).orElseGet(() -> MemberRule.unasked(subject));
    MemberTrack seen = told.map(now -> observed(now, before)).orElse(before);
    boolean silent = told.filter(MemberRound::silent).isPresent();
    long lag = told.map(MemberRound::lag).orElse(-1L);
    return new Judged(subject, found, before, seen.after(found, silent, begun, at), lag);
  }

  /** What is remembered of the evidence itself. */
  private static MemberTrack observed(MemberRound now, MemberTrack before) {
    Duration at = now.scene().round().at();
    MemberTrack track = before;
    Optional<Duration> read = now.proofTaken();
    if (read.isPresent()) {
      track = track.proven(now.scene().answeredAt(read.get()));
      track = now.scene().late() ? track : track.read(at, read.get());
    }
    Optional<Duration> written = now.heard().flatMap(Heard::written);
    if (written.isPresent()
        && track.proof().filter(p -> p.compareTo(written.get()) >= 0).isEmpty()) {
      track = track.proven(written.get());
    }
    Optional<Boolean> up = now.linked();
    return up.isPresent() ? track.linked(up.get(), at) : track;
  }

  /** Whether it failed just now, and was counted on before. */
  boolean disturbs() {
    return subject.voter()
        && found.kind() == Found.Kind.BAD
        && before.shown().kind() != Found.Kind.BAD;
  }

  /** Whether it served in this round, well or not so well. */
  boolean served() {
    return switch (found.kind()) {
      case GOOD, FULL, WEAK -> true;
      case SAID, BAD, NOTHING -> false;
    };
  }

  private boolean answered() {
    return subject.evidence().stream()
        .flatMap(seen -> Stream.of(seen.linearizable(), seen.serializable(), seen.status()))
        .anyMatch(Answer::ok);
  }

  boolean is(MemberState state) {
    return track.state() == state;
  }

  MemberView view(Scene scene, Optional<EtcdId> leader) {
    Optional<StatusSeen> status =
        subject.evidence().map(MemberEvidence::status).flatMap(Answer::got);
    Optional<Heard> heard = scene.attestations().of(subject.id(), scene.cluster());
    String version =
        Versions.told(subject)
            .or(() -> heard.map(Heard::newest).map(Attestation::version))
            .orElse("");
    return new MemberView(
        subject.id(),
        subject.name(),
        subject.url(),
        subject.own(),
        leader.isPresent() && leader.equals(subject.id()),
        subject.listed().map(line -> line.learner()).orElse(!subject.voter() && !subject.stray()),
        track.state(),
        track.since(),
        why(scene.round().at()),
        answered(),
        track.proof(),
        version,
        lag,
        status.map(StatusSeen::dbSize).orElse(-1L),
        status.map(StatusSeen::inUse).orElse(-1L),
        evidence(scene, heard));
  }

  /** What makes it what it is called, and what this round said where that is something else. */
  String why(Duration now) {
    return track.doubtful(now) && !track.shown().why().equals(found.why())
        ? track.shown().why() + "; now: " + found.why()
        : track.shown().why();
  }

  private SortedMap<String, String> evidence(Scene scene, Optional<Heard> heard) {
    SortedMap<String, String> told = new TreeMap<>();
    subject
        .evidence()
        .ifPresent(
            seen -> {
              told.put("E1", Told.of(seen.linearizable()));
              told.put("E2", Told.of(seen.serializable()));
              told.put("E3", Told.of(seen.status()));
              told.put("E4", Told.of(seen.peer()));
            });
    scene
        .round()
        .metrics()
        .got()
        .flatMap(metrics -> subject.id().map(metrics.activePeers()::get))
        .ifPresent(up -> told.put("E5", up ? "active" : "inactive"));
    heard.ifPresent(one -> told.put("E6", one.told(scene.round().at())));
    return told;
  }
}
