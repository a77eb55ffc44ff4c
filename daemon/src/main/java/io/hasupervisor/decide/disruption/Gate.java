package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.cluster.RepairSettings;
import java.time.Duration;
import java.util.Optional;

/** The conditions G0 to G9 under which this master's living voter may be spent; pure. */
public final class Gate {
  /** How long the members must have been the same ones. */
  private static final Duration SETTLED = Duration.ofMinutes(5);

  /** How long no other voter must have failed. */
  private static final Duration STABLE = Duration.ofSeconds(60);

  /** Entries of the raft log that another voter may be behind. */
  private static final long LAG = 1000;

  /** Between two masters' planned work, after the first has been well for a while. */
  private static final Duration PLANNED = Duration.ofSeconds(30);

  /** Age of the last round right before acting. */
  private static final Duration ROUND = Duration.ofSeconds(2);

  /** Age of the proof then: a round lasts as long as its most silent member, 10 s at most. */
  private static final Duration PROOF = Duration.ofSeconds(10);

  private Gate() {}

  /** The first condition that is not met, in their order (control-plane 3.2.3). */
  public static Optional<GateRefusal> refusal(
      RepairSettings settings,
      Disruption wanted,
      Scene scene,
      LockFacts lock,
      RepairLog log,
      Duration now) {
    return Budget.refusal(settings, wanted, scene, log, now)
        .or(() -> votes(wanted, scene, now))
        .or(() -> lastApiserver(wanted, scene))
        .or(() -> othersBusy(settings, wanted, scene, lock, now));
  }

  /**
   * G2 to G7 once more, right before acting and before leadership is moved away, by a round that
   * ended two seconds ago at most: what is known of each voter that is counted on is newer than
   * {@code lockedAt} and 45 seconds old at most.
   */
  public static Optional<GateRefusal> rightBefore(
      RepairSettings settings, Disruption wanted, Scene scene, Duration lockedAt, Duration now) {
    return votes(wanted, scene, now)
        .or(
            () ->
                scene.etcd().stream()
                    .flatMap(view -> old(wanted, new Voters(view, now), lockedAt).stream())
                    .findFirst());
  }

  /** G1 to G7. */
  private static Optional<GateRefusal> votes(Disruption wanted, Scene scene, Duration now) {
    Sentences say = new Sentences(wanted);
    if (scene.etcd().isEmpty()) {
      return Optional.of(
          say.refusal(
              GateReason.QUORUM_STATE,
              say.price() + ", and etcd has not been asked yet",
              "It is asked every 10 s."));
    }
    Voters voters = new Voters(scene.etcd().get(), now);
    return new QuorumRule(wanted, voters)
        .refusal()
        .or(() -> noProof(say, voters))
        .or(() -> tooFew(say, voters))
        .or(() -> changing(say, voters.view(), now))
        .or(() -> alarms(say, voters.view()))
        .or(() -> unstable(say, voters.view(), now))
        .or(() -> failing(say, voters))
        .or(() -> behind(say, voters));
  }

  /** G2. */
  private static Optional<GateRefusal> noProof(Sentences say, Voters voters) {
    return voters.provenByOthers()
        ? Optional.empty()
        : Optional.of(
            say.refusal(
                GateReason.NO_INDEPENDENT_PROOF,
                say.price()
                    + ", and nobody but this member itself shows at present that quorum exists",
                "Let this host ask the other members, or see that the daemons of the other masters"
                    + " run: ha-supervisor etcd status."));
  }

  /** G3. */
  private static Optional<GateRefusal> tooFew(Sentences say, Voters voters) {
    if (voters.enoughWithoutOwn()) {
      return Optional.empty();
    }
    String missing = voters.unhealthy();
    return Optional.of(
        say.refusal(
            GateReason.WOULD_LOSE_QUORUM,
            say.price()
                + ", and then "
                + Words.count(voters.healthy().size(), "healthy voter")
                + " of "
                + voters.view().voters()
                + " would be left where quorum needs "
                + voters.needed()
                + (missing.isEmpty() ? "" : ": " + missing),
            missing.isEmpty()
                ? "Add a master, so that one may be away."
                : "Bring back " + Words.list(voters.missing()) + "; it is then done by itself."));
  }

  /** G4. */
  private static Optional<GateRefusal> changing(Sentences say, EtcdView view, Duration now) {
    Optional<String> who =
        view.members().stream()
            .filter(
                member ->
                    member.state() == MemberState.LEARNER
                        || member.state() == MemberState.UNSTARTED
                        || member.learner())
            .map(MemberView::called)
            .findFirst();
    if (who.isPresent() || view.learners() > 0) {
      return Optional.of(
          say.refusal(
              GateReason.MEMBERSHIP_CHANGING,
              "the member "
                  + who.map(name -> name + " ").orElse("")
                  + "is being added to etcd and does not vote yet",
              "Start it and let it catch up, or take it out: etcdctl member list."));
    }
    return left(SETTLED, view.membersChanged(), now)
        .map(
            rest ->
                say.refusal(
                    GateReason.MEMBERSHIP_CHANGING,
                    "the members of etcd changed less than " + Words.length(SETTLED) + " ago",
                    "It is done by itself when they stay the same.",
                    rest));
  }

  /** G5. */
  private static Optional<GateRefusal> alarms(Sentences say, EtcdView view) {
    return view.alarms().isEmpty()
        ? Optional.empty()
        : Optional.of(
            say.refusal(
                GateReason.ALARM,
                "an alarm of etcd is on: " + Words.list(view.alarms()),
                "See: ha-supervisor etcd status."));
  }

  /** G6. */
  private static Optional<GateRefusal> unstable(Sentences say, EtcdView view, Duration now) {
    return left(STABLE, view.othersUnstable(), now)
        .map(
            rest ->
                say.refusal(
                    GateReason.UNSTABLE,
                    "another voter of etcd failed, the leader changed, or this daemon began to"
                        + " watch within the last "
                        + Words.length(STABLE),
                    "It is done by itself once etcd has been quiet for so long.",
                    rest));
  }

  /** G6, also where the unrest of the last minute is known to be of our own making. */
  private static Optional<GateRefusal> failing(Sentences say, Voters voters) {
    return voters.borneOut()
        ? Optional.empty()
        : Optional.of(
            say.refusal(
                GateReason.UNSTABLE,
                "a voter of etcd that is called healthy did not serve when it was asked last",
                "It is done by itself once etcd has been quiet for a minute."));
  }

  /** G7. */
  private static Optional<GateRefusal> behind(Sentences say, Voters voters) {
    return voters
        .others()
        .filter(member -> member.lag() > LAG)
        .findFirst()
        .map(
            member ->
                say.refusal(
                    GateReason.LAG,
                    "the member "
                        + member.called()
                        + " of etcd is "
                        + member.lag()
                        + " entries behind, and must catch up before another member stops",
                    "It is done by itself then."));
  }

  /** G8: where this host's apiserver serves nobody, nobody loses it. */
  static Optional<GateRefusal> lastApiserver(Disruption wanted, Scene scene) {
    Sentences say = new Sentences(wanted);
    return scene.apiserverMayServe() && scene.otherApiservers().isEmpty()
        ? Optional.of(
            say.refusal(
                GateReason.LAST_APISERVER,
                say.doing()
                    + " would stop this host's apiserver, and no other master's is known to serve",
                "Bring back another apiserver, or let this host ask them: ha-supervisor status."))
        : Optional.empty();
  }

  /** G9. */
  private static Optional<GateRefusal> othersBusy(
      RepairSettings settings, Disruption wanted, Scene scene, LockFacts lock, Duration now) {
    Sentences say = new Sentences(wanted);
    if (!scene.busy().isEmpty()) {
      return Optional.of(
          say.refusal(
              GateReason.OTHER_MASTER_BUSY,
              "another master is in repair ("
                  + Words.list(scene.busy())
                  + "), and one at a time is disturbed",
              "It is done by itself afterwards: ha-supervisor lock show."));
    }
    Duration spacing = spacing(settings, wanted);
    return left(spacing, lock.pastSince(), now)
        .map(
            rest ->
                say.refusal(
                    GateReason.OTHER_MASTER_BUSY,
                    "a master was disturbed less than " + Words.length(spacing) + " ago",
                    "It is done by itself in " + Words.length(rest) + ".",
                    rest));
  }

  /** Time between repairs shows whether they help; what was planned only has to settle. */
  private static Duration spacing(RepairSettings settings, Disruption wanted) {
    boolean planned =
        wanted.origin() == Disruption.Origin.ROLLING || wanted.kind() == Disruption.Kind.PLACE;
    return planned && settings.spacing().compareTo(PLANNED) > 0 ? PLANNED : settings.spacing();
  }

  /** Whether evidence from before the lock, or from too long ago, is all that there is. */
  private static Optional<GateRefusal> old(Disruption wanted, Voters voters, Duration lockedAt) {
    EtcdView view = voters.view();
    Duration now = voters.now();
    long heard =
        voters.healthy().stream()
            .flatMap(member -> member.proof().stream())
            .filter(at -> at.compareTo(lockedAt) > 0)
            .filter(at -> now.minus(at).compareTo(Voters.KNOWN) <= 0)
            .count();
    boolean fresh =
        heard >= voters.needed()
            && now.minus(view.at()).compareTo(ROUND) <= 0
            && view.proof()
                .filter(at -> at.compareTo(lockedAt) > 0 && now.minus(at).compareTo(PROOF) <= 0)
                .isPresent();
    return fresh
        ? Optional.empty()
        : Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.EVIDENCE_OLD,
                    "since the lock was taken "
                        + Words.count((int) heard, "other voter")
                        + " of the "
                        + voters.needed()
                        + " that quorum needs has shown that it serves",
                    "It is asked for again by itself."));
  }

  /** What is left of {@code limit} since {@code then}. */
  private static Optional<Duration> left(Duration limit, Optional<Duration> then, Duration now) {
    return then.map(at -> limit.minus(now.minus(at))).filter(Duration::isPositive);
  }
}
