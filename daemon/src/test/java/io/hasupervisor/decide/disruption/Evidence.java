package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.assess.etcd.Quorum;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a decision is made on, as a test wants it. At first all is well on three masters, of which
 * this host is the first, m1, and everything may be done.
 */
final class Evidence {
  static final Duration NOW = Duration.ofHours(100);
  static final Disruption RESTART = new Disruption(Kind.RESTART, "docker", Origin.DAEMON);
  static final Disruption START = new Disruption(Kind.START, "docker", Origin.DAEMON);
  static final Disruption STOP = new Disruption(Kind.STOP, "docker", Origin.OPERATOR);
  static final Disruption ORDER = new Disruption(Kind.RESTART, "docker", Origin.OPERATOR);
  static final Disruption REBOOT = new Disruption(Kind.REBOOT, "", Origin.OPERATOR);
  static final Disruption PLACE_ETCD = new Disruption(Kind.PLACE, "etcd", Origin.DAEMON);
  static final Disruption PLACE_API = new Disruption(Kind.PLACE, "kube-apiserver", Origin.DAEMON);
  static final Disruption KUBELET = new Disruption(Kind.RESTART, "kubelet", Origin.DAEMON);

  RepairSettings settings = RepairSettings.DEFAULT;
  Duration now = NOW;
  boolean asked = true;
  ClusterState state = ClusterState.QUORUM_FULL;
  Optional<ClusterState> underlying = Optional.empty();
  Duration at = NOW.minusSeconds(1);
  boolean proven = true;
  Optional<Duration> proof = Optional.of(NOW.minusSeconds(1));
  List<String> alarms = List.of();
  List<String> reasons = List.of();
  Optional<Duration> unstable = Optional.empty();
  Optional<Duration> othersUnstable = Optional.empty();
  Optional<Duration> membersChanged = Optional.empty();
  int learners;
  final List<Member> members = new ArrayList<>();
  final List<Heard> attested = new ArrayList<>();
  ProcessSeen process = new ProcessSeen.Alive(77, 'S', 5);
  Duration processAt = NOW.minusSeconds(1);
  boolean external;
  boolean liveRestore;
  boolean ownApiserver = true;
  Optional<Duration> apiserverDead = Optional.empty();
  List<String> otherApiservers = List.of("m2");
  List<String> busy = List.of();
  boolean maintenance;
  boolean dataLost;
  Duration up = NOW;
  Optional<Duration> dockerSick = Optional.of(NOW.minusSeconds(200));
  Rank rank = new Rank(1, 3);
  Optional<LockSeen> lock = Optional.of(new LockSeen.Readable(LockDocument.EMPTY, 0));
  Optional<Duration> holderSince = Optional.empty();
  Optional<Duration> pastSince = Optional.empty();
  Optional<GateReason> failure = Optional.empty();
  RepairLog log = RepairLog.EMPTY;

  /** One member; the first is this host's. */
  static final class Member {
    MemberState state = MemberState.HEALTHY;
    boolean learner;
    boolean answered = true;
    long lag;
    Optional<Duration> proof = Optional.of(NOW.minusSeconds(1));
  }

  static Evidence of(int voters) {
    Evidence evidence = new Evidence();
    for (int i = 0; i < voters; i++) {
      evidence.members.add(new Member());
    }
    return evidence;
  }

  static Evidence three() {
    return of(3);
  }

  /** The members' states, this host's first; those that do not serve have no proof. */
  Evidence states(MemberState... states) {
    members.clear();
    for (MemberState each : states) {
      Member member = new Member();
      member.state = each;
      member.answered = each == MemberState.HEALTHY || each == MemberState.DEGRADED;
      member.proof = member.answered ? member.proof : Optional.empty();
      members.add(member);
    }
    return this;
  }

  Evidence in(ClusterState next) {
    state = next;
    proven = next.proven();
    proof = proven ? proof : Optional.of(NOW.minusSeconds(60));
    return this;
  }

  /** This host's etcd does not run. */
  Evidence dead() {
    process = new ProcessSeen.Absent();
    if (!members.isEmpty()) {
      members.getFirst().state = MemberState.DOWN;
      members.getFirst().answered = false;
      members.getFirst().proof = Optional.empty();
    }
    return this;
  }

  Member member(int number) {
    return members.get(number - 1);
  }

  static EtcdId id(int number) {
    return new EtcdId(0x100 + number);
  }

  /** Member {@code number} can only be attested, and was so {@code ago}. */
  Evidence attest(int number, Duration ago) {
    member(number).state = MemberState.UNREACHABLE_ATTESTED;
    member(number).answered = false;
    member(number).lag = -1;
    member(number).proof = Optional.of(NOW.minus(ago));
    return heard(number, ago, "none", "HEALTHY");
  }

  Evidence heard(int number, Duration ago, String repair, String apiserver) {
    attested.add(
        new Heard(
            new Attestation(
                id(number),
                id(0),
                "m" + number,
                "machine-" + number,
                "boot",
                7,
                1,
                1,
                "3.4.23",
                Duration.ZERO,
                List.of(),
                true,
                "healthy",
                apiserver,
                repair,
                HostReport.NONE,
                Instant.EPOCH),
            now.minus(ago),
            Optional.of(now.minus(ago))));
    return this;
  }

  Optional<EtcdView> view() {
    if (!asked) {
      return Optional.empty();
    }
    List<MemberView> views = new ArrayList<>();
    for (Member member : members) {
      int number = views.size() + 1;
      views.add(
          new MemberView(
              Optional.of(id(number)),
              "m" + number,
              "http://10.0.0." + number + ":4001",
              number == 1,
              false,
              member.learner,
              member.state,
              NOW.minusSeconds(400),
              member.state == MemberState.HEALTHY ? "serves" : "refused on 2380 and 4001",
              member.answered,
              member.proof,
              "3.4.23",
              member.lag,
              1,
              1,
              new TreeMap<>()));
    }
    int voters = (int) members.stream().filter(member -> !member.learner).count();
    Quorum quorum = new Quorum(voters);
    return Optional.of(
        new EtcdView(
            state,
            underlying,
            NOW.minusSeconds(400),
            at,
            external,
            proven,
            proof,
            Optional.of(id(2)),
            voters,
            learners,
            quorum.needed(),
            voters,
            voters,
            quorum.tolerance(),
            quorum.tolerance(),
            quorum.tolerance(),
            Optional.of(id(0)),
            Optional.of(id(2)),
            4,
            100,
            100,
            alarms,
            reasons,
            unstable,
            othersUnstable,
            membersChanged,
            views,
            attested,
            "it is " + state));
  }

  Scene scene() {
    return new Scene(
        view(),
        process,
        processAt,
        external,
        liveRestore,
        ownApiserver,
        apiserverDead,
        otherApiservers,
        busy,
        maintenance,
        dataLost,
        up,
        dockerSick,
        rank);
  }

  LockFacts facts() {
    return new LockFacts(lock, now, holderSince, pastSince, failure);
  }

  Ruling ruling(Disruption wanted) {
    return DecisionTable.ruling(settings, wanted, scene(), facts(), log, now);
  }

  /** Why not; empty where it may be done, with or without the lock. */
  Optional<GateReason> refused(Disruption wanted) {
    return ruling(wanted) instanceof Ruling.Refused(GateRefusal refusal)
        ? Optional.of(refusal.reason())
        : Optional.empty();
  }

  GateRefusal refusal(Disruption wanted) {
    return ((Ruling.Refused) ruling(wanted)).refusal();
  }
}
