package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of control-plane 3.1.4 for one member in one round, first match wins. What the rounds
 * before it have to say is {@link MemberTrack}'s.
 */
final class MemberRule {
  private final MemberRound now;
  private final Scene scene;
  private final Subject subject;
  private final MemberEvidence seen;
  private final MemberTrack before;

  private MemberRule(MemberRound now, MemberTrack before) {
    this.now = now;
    this.scene = now.scene();
    this.subject = now.subject();
    this.seen = now.seen();
    this.before = before;
  }

  /** By which rule of the table this member is judged, with what is remembered of it. */
  static Found found(MemberRound now, MemberTrack before) {
    Found found = new MemberRule(now, before).byTable();
    return now.scene().late() ? found.inLateRound() : found;
  }

  /** Listed, but the questions were asked before the list was known. */
  static Found unasked(Subject subject) {
    return byList(subject).orElseGet(() -> Found.nothing("not asked yet"));
  }

  private static Optional<Found> byList(Subject subject) {
    if (subject.listed().filter(line -> line.learner()).isPresent()) {
      return Optional.of(
          Found.said(MemberState.LEARNER, "a learner: it does not vote")
              .because(EtcdReason.LEARNER));
    }
    return subject
        .listed()
        .filter(line -> !line.started())
        .map(
            _ ->
                Found.said(MemberState.UNSTARTED, "added to the cluster, never started")
                    .because(EtcdReason.UNSTARTED));
  }

  private Found byTable() {
    return Stream.<Optional<Found>>of(
            foreign(), removed(), unauthenticated(), byList(subject), learner(), corrupt())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(this::byAnswers);
  }

  private Optional<Found> foreign() {
    return Identity.clusters(seen)
        .filter(cluster -> scene.cluster().filter(known -> !known.equals(cluster)).isPresent())
        .findFirst()
        .map(
            other ->
                Found.said(MemberState.FOREIGN, "it belongs to cluster " + other)
                    .because(EtcdReason.FOREIGN_CLUSTER));
  }

  private Optional<Found> removed() {
    if (subject.stray()) {
      return Optional.of(Found.said(MemberState.REMOVED, "not in the member list any more"));
    }
    return now.failed(Fault.REMOVED)
        ? Optional.of(Found.said(MemberState.REMOVED, "it says that it was removed"))
        : Optional.empty();
  }

  private Optional<Found> unauthenticated() {
    return !seen.linearizable().ok() && now.failed(Fault.TLS, Fault.DENIED)
        ? Optional.of(
            Found.bad(MemberState.UNAUTHENTICATED, now.firstFault(Fault.TLS, Fault.DENIED))
                .because(EtcdReason.UNAUTHENTICATED))
        : Optional.empty();
  }

  /** Where no list has said so. */
  private Optional<Found> learner() {
    boolean learner =
        now.failed(Fault.LEARNER) || seen.status().got().filter(StatusSeen::learner).isPresent();
    return learner && subject.listed().isEmpty()
        ? Optional.of(
            Found.said(MemberState.LEARNER, "a learner: it does not vote")
                .because(EtcdReason.LEARNER))
        : Optional.empty();
  }

  private Optional<Found> corrupt() {
    if (now.failed(Fault.CORRUPT)) {
      return Optional.of(Found.said(MemberState.CORRUPT, "it refuses because data is corrupt"));
    }
    if (scene.alarms().of("CORRUPT", subject.id())) {
      return Optional.of(Found.said(MemberState.CORRUPT, "alarm CORRUPT"));
    }
    return scene.alarms().nameless("CORRUPT")
        ? Optional.of(Found.said(MemberState.CORRUPT, "alarm CORRUPT that names no member"))
        : Optional.empty();
  }

  private Found byAnswers() {
    return switch (seen.linearizable()) {
      case Answer.Got<Header> got -> served(got.value());
      case Answer.Failed<Header> _, Answer.NotAsked<Header> _ -> notServed();
    };
  }

  private Found served(Header header) {
    if (subject.id().filter(id -> !id.equals(header.member())).isPresent()) {
      return Found.bad(MemberState.UNKNOWN, "its address is answered by " + header.member())
          .because(EtcdReason.NOT_ETCD);
    }
    return weak(now.lag(), before.reads().slow(), Versions.told(subject))
        .orElseGet(
            () ->
                scene.alarms().of("NOSPACE", subject.id())
                    ? Found.full("alarm NOSPACE")
                    : Found.good(MemberState.HEALTHY, "serves"));
  }

  private Optional<Found> weak(long lag, Optional<Duration> slow, Optional<String> version) {
    if (lag > Limits.LAG) {
      return Optional.of(
          Found.weak(lag + " entries behind the furthest member").because(EtcdReason.LAG));
    }
    if (slow.isPresent()) {
      return Optional.of(
          Found.weak("reads through it take " + slow.get().toMillis() + " ms")
              .because(EtcdReason.SLOW));
    }
    return version
        .filter(scene.versions()::skewed)
        .map(
            told ->
                Found.weak("version " + told + " is too far from the others'")
                    .because(EtcdReason.VERSION_SKEW));
  }

  private Found notServed() {
    boolean answers = seen.serializable().ok() || seen.status().ok();
    if (subject.own() && !answers && now.defragmenting()) {
      return Found.nothing("a defragmentation is running");
    }
    if (subject.own() && now.alive() && silentForLong()) {
      return Found.bad(MemberState.HUNG, "its process runs and answers nothing");
    }
    if (answers) {
      return Found.bad(MemberState.LOCAL_ONLY, localOnly());
    }
    return down()
        .or(this::attested)
        .or(this::garbage)
        .orElseGet(
            () ->
                now.asked()
                    ? Found.bad(MemberState.UNREACHABLE, Told.of(seen.linearizable()))
                    : Found.nothing("not asked"));
  }

  private String localOnly() {
    return scene.leaderless(seen)
        ? "it answers and knows no leader"
        : "it answers, but no read goes through consensus: " + Told.of(seen.linearizable());
  }

  /** Not while it starts, which is short but for large data. */
  private boolean silentForLong() {
    Streak streak = before.streak();
    return now.silent()
        && streak.silent() + 1 >= Limits.ROUNDS
        && streak.failing(scene.round().at()).compareTo(Limits.UNHEALTHY) >= 0;
  }

  private Optional<Found> down() {
    if (subject.own()) {
      return switch (scene.round().process()) {
        case ProcessSeen.Absent _ ->
            Optional.of(Found.bad(MemberState.DOWN, "no process of it runs on this host"));
        case ProcessSeen.Alive _ -> Optional.empty();
        case ProcessSeen.Unknown _ -> refused();
      };
    }
    return refused();
  }

  /** Refused on every port that can be asked from here. */
  private Optional<Found> refused() {
    boolean client =
        now.failed(Fault.REFUSED) || (seen.unreachableByDesign() && !now.linked().orElse(false));
    boolean peer = seen.peer().failure().filter(Fault.REFUSED::equals).isPresent();
    String ports =
        Stream.concat(
                subject.listed().stream().flatMap(line -> line.peerUrls().stream().limit(1)),
                now.failed(Fault.REFUSED) ? Stream.of(subject.url()) : Stream.of())
            .map(Told::port)
            .distinct()
            .reduce((one, other) -> one + " and " + other)
            .orElse("all its ports");
    return client && peer
        ? Optional.of(Found.bad(MemberState.DOWN, "refused on " + ports))
        : Optional.empty();
  }

  /** What its own daemon wrote through it, where it cannot be asked from here. */
  private Optional<Found> attested() {
    if (!seen.closed()) {
      return Optional.empty();
    }
    Optional<Heard> heard = now.heard();
    if (heard.filter(one -> one.fresh(scene.round().at())).isEmpty()) {
      return Optional.of(unattested(heard));
    }
    if (scene.round().attestations().failure().isPresent()) {
      return Optional.of(Found.nothing("attestations could not be read"));
    }
    // An attestation may be 75 s old; a link that broke since then is newer.
    if (seen.peer().ok() && now.raftStream().filter(up -> !up).isPresent()) {
      return Optional.of(Found.nothing("attested, but this host's member has no link to it"));
    }
    return Optional.of(
        before.linked(now.linked(), scene.round().at())
            ? attested(heard.get().newest())
            : Found.bad(MemberState.UNREACHABLE, "attested, but its peer port does not answer")
                .because(EtcdReason.NOT_ATTESTED));
  }

  private Found unattested(Optional<Heard> heard) {
    if (scene.alarms().any("NOSPACE")) {
      return Found.nothing("no attestation can be written: alarm NOSPACE");
    }
    String age =
        heard
            .flatMap(Heard::written)
            .map(at -> "last attested " + Words.length(scene.round().at().minus(at)) + " ago")
            .orElse("not attested yet");
    return Found.bad(MemberState.UNREACHABLE, age + ", and it cannot be asked from here")
        .because(EtcdReason.NOT_ATTESTED);
  }

  private Found attested(Attestation word) {
    if (!word.healthy()) {
      return Found.weak("its own daemon does not call it healthy");
    }
    Optional<Duration> slow =
        Optional.of(word.slow()).filter(time -> time.compareTo(Limits.SLOW) > 0);
    return weak(-1, slow, Optional.of(word.version()).filter(text -> !text.isEmpty()))
        .orElseGet(
            () ->
                scene.alarms().of("NOSPACE", subject.id())
                    ? Found.full("alarm NOSPACE")
                    : Found.good(MemberState.UNREACHABLE_ATTESTED, "its own daemon attests it"));
  }

  private Optional<Found> garbage() {
    return now.failed(Fault.GARBAGE)
        ? Optional.of(
            Found.bad(MemberState.UNKNOWN, "what answers at " + subject.url() + " is not etcd")
                .because(EtcdReason.NOT_ETCD))
        : Optional.empty();
  }
}
