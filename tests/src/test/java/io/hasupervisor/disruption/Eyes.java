package io.hasupervisor.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How one daemon sees etcd, with the patience of the real assessment: three rounds make a member
 * healthy or not, one failure within a minute is told, and what others attest has the age that its
 * reader can vouch for.
 */
final class Eyes implements Cloneable {
  private static final int ROUNDS = 3;
  private static final Duration PROOF = Duration.ofSeconds(15);
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final EtcdId CLUSTER = new EtcdId(0xabc);

  private final int own;
  private int[] good = new int[3];
  private int[] bad = new int[3];
  private MemberState[] called = {MemberState.UNKNOWN, MemberState.UNKNOWN, MemberState.UNKNOWN};
  private Duration[] proofs = new Duration[3];
  private Heard[] heard = new Heard[3];
  private int leader = -2;
  Duration started = Duration.ofHours(-1);
  private Duration disturbed = Duration.ofHours(-1);
  private Duration disturbedByOthers = Duration.ofHours(-1);
  private Duration lastProof = Duration.ofHours(-1);
  private int proofVia = -1;
  private int failed;

  Eyes(int own) {
    this.own = own;
  }

  /** Those of a daemon that starts. */
  static Eyes opened(int own, Duration now) {
    Eyes eyes = new Eyes(own);
    eyes.started = now;
    eyes.disturbed = now;
    eyes.disturbedByOthers = now;
    return eyes;
  }

  Eyes copy() {
    try {
      Eyes copy = (Eyes) clone();
      copy.good = good.clone();
      copy.bad = bad.clone();
      copy.called = called.clone();
      copy.proofs = proofs.clone();
      copy.heard = heard.clone();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether this daemon calls its own member healthy. */
  boolean ownWell() {
    return well(own);
  }

  boolean full() {
    return well(0) && well(1) && well(2);
  }

  private boolean well(int member) {
    return called[member] == MemberState.HEALTHY
        || called[member] == MemberState.UNREACHABLE_ATTESTED;
  }

  /** One round of questions. */
  EtcdView look(World world, Duration at) {
    if (world.reaches(own)) {
      hear(world, at);
    }
    boolean proven = false;
    for (int n = 0; n < 3; n++) {
      proven |= ask(world, n, at);
    }
    failed = proven ? 0 : failed + 1;
    int now = proven ? world.leader : -1;
    if (proven && leader != now) {
      disturbed = leader == -2 ? disturbed : at;
      disturbedByOthers = leader == -2 ? disturbedByOthers : at;
      leader = now;
    }
    return view(world, at);
  }

  private void hear(World world, Duration at) {
    for (int n = 0; n < 3; n++) {
      Attestation next = world.attested[n];
      if (n == own || next == null) {
        continue;
      }
      Heard before = heard[n];
      boolean same =
          before != null
              && before.newest().sequence() == next.sequence()
              && before.newest().bootId().equals(next.bootId());
      heard[n] =
          new Heard(
              next,
              at,
              before == null
                  ? Optional.empty()
                  : same ? before.written() : Optional.of(before.read()));
    }
  }

  /** Whether a linearizable read went through it. */
  private boolean ask(World world, int n, Duration at) {
    Host host = world.hosts[n];
    boolean serves = world.serves(n);
    if (n != own && world.setup.loopback()) {
      attested(world, n, at);
      return false;
    }
    boolean answered = serves && world.linked(own, n);
    if (answered) {
      good(n, MemberState.HEALTHY);
      proofs[n] = at;
      lastProof = at;
      proofVia = n;
    } else {
      bad(n, failure(world, host, n), at);
    }
    return answered;
  }

  private static MemberState failure(World world, Host host, int own, int n) {
    if (own != n && !world.linked(own, n)) {
      return MemberState.UNREACHABLE;
    }
    return switch (host.etcd) {
      case DEAD -> MemberState.DOWN;
      case FROZEN -> own == n ? MemberState.HUNG : MemberState.UNREACHABLE;
      case ALIVE -> MemberState.LOCAL_ONLY;
    };
  }

  private MemberState failure(World world, Host host, int n) {
    return failure(world, host, own, n);
  }

  private void attested(World world, int n, Duration at) {
    Heard one = heard[n];
    boolean linked = world.linked(own, n) && world.hosts[n].etcd == Host.Process.ALIVE;
    if (one != null && one.fresh(at) && linked && world.reaches(own)) {
      if (one.newest().healthy()) {
        good(n, MemberState.UNREACHABLE_ATTESTED);
      } else {
        called[n] = MemberState.DEGRADED;
        good[n] = 0;
        bad[n] = 0;
      }
      proofs[n] = one.written().orElseThrow();
    } else if (world.linked(own, n) && world.hosts[n].etcd == Host.Process.DEAD) {
      bad(n, MemberState.DOWN, at);
    } else {
      bad(n, MemberState.UNREACHABLE, at);
    }
  }

  private void good(int n, MemberState name) {
    good[n] = Math.min(ROUNDS, good[n] + 1);
    bad[n] = 0;
    if (good[n] >= ROUNDS || well(n)) {
      called[n] = name;
    } else {
      called[n] = MemberState.UNKNOWN;
    }
  }

  private void bad(int n, MemberState name, Duration at) {
    bad[n] = Math.min(ROUNDS, bad[n] + 1);
    good[n] = 0;
    boolean known = !well(n) && called[n] != MemberState.UNKNOWN && bad[n] > 1;
    if (!known) {
      disturbed = at;
      disturbedByOthers = n == own ? disturbedByOthers : at;
    }
    if (bad[n] >= ROUNDS || (called[n] != MemberState.UNKNOWN && !well(n))) {
      called[n] = name;
    }
  }

  private EtcdView view(World world, Duration at) {
    int healthy = 0;
    int serving = 0;
    for (int n = 0; n < 3; n++) {
      healthy += well(n) ? 1 : 0;
      serving += well(n) && good[n] > 0 ? 1 : 0;
    }
    boolean proven = at.minus(lastProof).compareTo(PROOF) <= 0;
    boolean settled = at.minus(started).compareTo(GRACE) > 0;
    ClusterState state = state(world, proven, settled, healthy);
    int canLose = state.proven() ? Math.max(0, serving - 2) : 0;
    List<MemberView> members = new ArrayList<>(3);
    for (int n = 0; n < 3; n++) {
      members.add(member(world, n, at));
    }
    List<Heard> others = new ArrayList<>(2);
    for (int n = 0; n < 3; n++) {
      if (heard[n] != null) {
        others.add(heard[n]);
      }
    }
    return new EtcdView(
        state,
        Optional.empty(),
        started,
        at,
        false,
        proven,
        Optional.of(lastProof).filter(proof -> proofVia >= 0),
        proofVia < 0 ? Optional.empty() : Optional.of(Host.member(proofVia)),
        3,
        0,
        2,
        healthy,
        healthy,
        canLose,
        canLose,
        1,
        Optional.of(CLUSTER),
        leader < 0 ? Optional.empty() : Optional.of(Host.member(leader)),
        1,
        1,
        1,
        List.of(),
        List.of(),
        lately(disturbed, at),
        lately(disturbedByOthers, at),
        Optional.empty(),
        members,
        others,
        "");
  }

  private static Optional<Duration> lately(Duration then, Duration at) {
    return Optional.of(then).filter(it -> at.minus(it).compareTo(STABLE) <= 0);
  }

  private ClusterState state(World world, boolean proven, boolean settled, int healthy) {
    if (!proven) {
      boolean sign =
          world.hosts[own].etcd == Host.Process.ALIVE
              || Collections.frequency(List.of(called), MemberState.DOWN) >= 2;
      return failed >= 2 && sign && settled
          ? ClusterState.QUORUM_LOST
          : ClusterState.QUORUM_UNKNOWN;
    }
    boolean unknown = List.of(called).contains(MemberState.UNKNOWN);
    if (!settled && unknown) {
      return ClusterState.QUORUM_UNKNOWN;
    }
    return healthy == 3 ? ClusterState.QUORUM_FULL : ClusterState.QUORUM_AT_RISK;
  }

  private MemberView member(World world, int n, Duration at) {
    return new MemberView(
        Optional.of(Host.member(n)),
        Host.name(n),
        "http://" + Host.name(n),
        n == own,
        n == leader,
        false,
        called[n],
        at,
        "",
        answers(world, n),
        Optional.ofNullable(proofs[n]),
        "3.4.23",
        good[n] > 0 && (n == own || !world.setup.loopback()) ? 0 : -1,
        -1,
        -1,
        new TreeMap<>());
  }

  private boolean answers(World world, int n) {
    return world.hosts[n].etcd == Host.Process.ALIVE
        && world.linked(own, n)
        && (n == own || !world.setup.loopback());
  }

  /** All that a later view depends on. */
  @SuppressWarnings("EnumOrdinal") // Of one run only.
  void fingerprint(Fingerprint print) {
    for (int n = 0; n < 3; n++) {
      print.add(good[n] * 4 + bad[n]);
      print.add(called[n].ordinal());
      print.add(proofs[n] == null ? -1 : proofs[n].toMillis());
      if (heard[n] != null) {
        print.add(heard[n].newest().sequence());
        print.add(heard[n].newest().repair().hashCode());
        print.add(heard[n].read().toMillis());
        print.add(heard[n].written().map(Duration::toMillis).orElse(-1L));
      }
    }
    print.add(leader);
    print.add(started.toMillis());
    print.add(disturbed.toMillis());
    print.add(disturbedByOthers.toMillis());
    print.add(lastProof.toMillis());
    print.add(failed);
  }
}
