package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Masters.Member;
import io.hasupervisor.assess.etcd.Masters.Runs;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * Masters to which things happen, each at its time: every judgement is held against the truth.
 * Breaks off with an {@link AssertionError} that says what was judged wrongly.
 */
final class Chaos {
  /** Claims that make the difference between a safe and an unsafe judge. */
  static final String SPARE = "canLose is no more than may truly stop: ";

  static final String PROOF = "proven by a true read of the last 15 s";

  private static final int[] VOTERS = {1, 2, 3, 3, 3, 4, 5, 5, 7};

  private final Random random;
  private final Assessor assessor;
  private final String claim;
  private final Masters masters;
  private EtcdHistory history;
  private Optional<EtcdView> before = Optional.empty();
  private Optional<Duration> proof = Optional.empty();
  private Duration wellSince;
  private Duration lastLook;

  /** What is put to the test. */
  interface Assessor {
    EtcdAssessor.Judgement assess(EtcdHistory before, EtcdRound round);
  }

  /**
   * Masters of their own kind and fate.
   *
   * @param claim the only one that is held against the truth; empty: all
   */
  Chaos(long seed, Assessor assessor, String claim) {
    this.claim = claim;
    random = new Random(seed);
    this.assessor = assessor;
    masters = new Masters(VOTERS[random.nextInt(VOTERS.length)]);
    masters.loopback = random.nextInt(3) == 0;
    if (random.nextInt(3) == 0) {
      masters.add().learner = true;
    }
    for (Member member : masters.members) {
      member.skew = Duration.ofSeconds(random.nextInt(7200) - 3600);
    }
    history = EtcdHistory.at(masters.now, Watched.PERIOD, Optional.empty());
    wellSince = masters.now;
    lastLook = masters.now;
  }

  void run(int rounds) {
    for (int i = 0; i < rounds; i++) {
      if (random.nextInt(8) == 0) {
        happen();
      }
      round();
    }
  }

  private void happen() {
    Member member = masters.members.get(random.nextInt(masters.members.size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> member.runs = Runs.NO;
      case 2 -> member.runs = Runs.STOPPED;
      case 3 -> member.runs = Runs.STUCK;
      case 4 -> member.island = random.nextInt(3);
      case 5 -> member.reached = false;
      case 6 -> member.attests = false;
      case 7 -> member.lie = Chaos::glitch;
      case 8 -> masters.pass(Duration.ofSeconds(20 + random.nextInt(4000)));
      case 9 -> mend(member);
      default -> masters.members.forEach(Chaos::mend);
    }
  }

  private static void mend(Member member) {
    member.runs = Runs.YES;
    member.island = 0;
    member.reached = true;
    member.attests = true;
    member.lie = truth -> truth;
  }

  /** An election, or a dropped connection. */
  private static MemberEvidence glitch(MemberEvidence truth) {
    return new MemberEvidence(
        truth.url(),
        truth.own(),
        truth.listed(),
        truth.unreachableByDesign(),
        truth.linearizable().ok() ? Masters.failed(Fault.NO_LEADER) : truth.linearizable(),
        truth.serializable(),
        truth.status(),
        truth.peer());
  }

  private void round() {
    Duration begun = masters.now;
    masters.attest();
    if (!well()) {
      wellSince = begun;
    }
    masters.lists = random.nextInt(4) == 0 || history.roster().list().isEmpty();
    EtcdRound round = masters.look();
    if (round.members().stream().anyMatch(this::trulyProven)) {
      proof = Optional.of(begun);
    }
    EtcdAssessor.Judgement judgement = assessor.assess(history, round);
    boolean late = history.late(round);
    history = judgement.next();
    check(judgement.view(), late);
    before = Optional.of(judgement.view());
    masters.members.stream().filter(m -> random.nextBoolean()).forEach(m -> m.lie = t -> t);
    Duration pause = history.nextLook(Watched.PERIOD).minus(masters.now.minus(begun));
    masters.pass(pause.compareTo(Duration.ofMillis(500)) > 0 ? pause : Duration.ofMillis(500));
  }

  private boolean well() {
    boolean gap = masters.now.minus(lastLook).toSeconds() > 12;
    lastLook = masters.now;
    return !gap
        && masters.members.stream()
            .allMatch(
                m ->
                    m.runs == Runs.YES
                        && m.island == masters.members.getFirst().island
                        && m.reached
                        && m.attests
                        && m.lie.apply(PLAIN).equals(PLAIN));
  }

  private static final MemberEvidence PLAIN =
      new MemberEvidence(
          "",
          false,
          Optional.empty(),
          false,
          Masters.got(new Header(Masters.CLUSTER, Masters.CLUSTER, 1, 1)),
          Masters.failed(Fault.ERROR),
          Masters.failed(Fault.ERROR),
          Masters.failed(Fault.ERROR));

  /** Whether a read was answered by a member that truly serves. */
  private boolean trulyProven(MemberEvidence seen) {
    return seen.linearizable().ok()
        && masters.members.stream()
            .anyMatch(
                member ->
                    seen.url().equals(seen.own() ? OWN : "http://" + member.name + ":4001")
                        && (seen.own() == (member == masters.members.getFirst()))
                        && (seen.own() || (member.reached && !masters.loopback))
                        && masters.serves(member));
  }

  private static final String OWN = "http://127.0.0.1:4001";

  private void check(EtcdView view, boolean late) {
    hold(view.canLose() <= spare(), SPARE + spare(), view);
    boolean recent = proof.filter(then -> view.at().minus(then).toSeconds() < 15).isPresent();
    boolean old = proof.filter(then -> view.at().minus(then).toMillis() <= 15_000).isEmpty();
    hold(!view.proven() || !old, PROOF, view);
    hold(!view.state().proven() || !old, "works by a true read of the last 15 s", view);
    hold(view.state() != ClusterState.QUORUM_LOST || !recent, "a read succeeded lately", view);
    hold(view.proven() || view.canLose() + view.canLoseAvailable() == 0, "unproven", view);
    hold(view.state() != ClusterState.DATA_REGRESSION, "no data was ever lost", view);
    hold(view.state() != ClusterState.SPLIT_VIEW, "nobody disagreed", view);
    hold(view.voters() == masters.voters() || history.roster().list().isEmpty(), "voters", view);
    boolean well = view.at().minus(wellSince).toSeconds() > 60;
    hold(!well || view.state() == wellState(), "all is well for a minute", view);
    boolean quiet = view.at().minus(wellSince).toSeconds() > 80;
    hold(!quiet || view.unstable().isEmpty(), "nothing happened", view);
    before.ifPresent(last -> checkSince(last, view, late));
  }

  private void checkSince(EtcdView last, EtcdView view, boolean late) {
    hold(view.since().compareTo(view.at()) <= 0, "since is not to come", view);
    hold(
        view.state() == last.state()
            ? view.since().equals(last.since())
            : view.since().equals(view.at()),
        "since moves with the state",
        view);
    for (EtcdView.MemberView member : view.members()) {
      for (EtcdView.MemberView was : last.members()) {
        if (member.id().isPresent() && member.id().equals(was.id())) {
          boolean same = member.state() == was.state();
          hold(same == member.since().equals(was.since()), "since of a member", view);
          hold(!late || same || !worse(was.state(), member.state()), "worse by a pause", view);
        }
      }
    }
  }

  private static boolean worse(MemberState was, MemberState is) {
    return is.compareTo(was) < 0 && is != MemberState.UNKNOWN;
  }

  private ClusterState wellState() {
    boolean learner = masters.members.stream().anyMatch(member -> member.learner);
    return switch ((int) masters.voters()) {
      case 1 -> ClusterState.SINGLE;
      case 2 -> ClusterState.QUORUM_AT_RISK;
      default -> learner ? ClusterState.QUORUM_DEGRADED : ClusterState.QUORUM_FULL;
    };
  }

  /**
   * Voters that may truly stop. One that cannot be asked from here is believed for 75 s after it
   * attested, while its links stand.
   */
  private long spare() {
    long serving = masters.members.stream().filter(m -> masters.serves(m) || believed(m)).count();
    return masters.quorum() ? Math.max(0, serving - (masters.voters() / 2 + 1)) : 0;
  }

  private boolean believed(Member member) {
    return masters.loopback
        && !member.learner
        && masters.linked(member)
        && member.attested.filter(then -> masters.now.minus(then).toSeconds() <= 76).isPresent();
  }

  private void hold(boolean holds, String what, EtcdView view) {
    if (!holds && what.startsWith(claim)) {
      throw new AssertionError(
          what + ", but " + view.state() + ", can lose " + view.canLose() + ": " + view.summary());
    }
  }
}
