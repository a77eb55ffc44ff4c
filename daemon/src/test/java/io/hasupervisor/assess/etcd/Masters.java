package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.HostReport;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.MetricsSeen;
import io.hasupervisor.observe.etcd.PeerSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A cluster whose truth is known, and what {@code master-1} gets to see of it. */
final class Masters {
  static final EtcdId CLUSTER = new EtcdId(0x8000_0000_0000_00c1L);
  static final Duration QUICK = Duration.ofMillis(2);
  static final Duration LONG = Duration.ofSeconds(5);

  /** What a member's process does. */
  enum Runs {
    YES,
    /** SIGSTOP: connections are accepted, and nothing answers. */
    STOPPED,
    /** Its links stand and its peer port answers, but it serves nobody and agrees to nothing. */
    STUCK,
    NO
  }

  /** One member as it truly is. */
  static final class Member {
    final EtcdId id;
    final String name;
    Runs runs = Runs.YES;
    boolean learner;
    boolean started = true;

    /** Members of one island reach each other on their peer ports. */
    int island;

    /** Whether this host reaches its client port, and its peer port. */
    boolean reached = true;

    /** Whether its daemon attests. */
    boolean attests = true;

    /** What is answered in place of the truth. */
    UnaryOperator<MemberEvidence> lie = truth -> truth;

    EtcdId cluster = CLUSTER;
    String version = "3.4.23";
    long behind;
    long sequence;

    /**
     * Its daemon's clock minus the true time; when it last attested, monotonic and by that clock.
     */
    Duration skew = Duration.ZERO;

    Optional<Duration> attested = Optional.empty();
    Instant written = Instant.EPOCH;

    Member(int number) {
      // The sign bit set: ids have none.
      id = new EtcdId(0xf000_0000_0000_0000L + number);
      name = "master-" + number;
    }

    MemberSeen line() {
      return new MemberSeen(
          id,
          started ? name : "",
          List.of("http://" + name + ":2380"),
          started ? List.of("http://" + name + ":4001") : List.of(),
          learner);
    }
  }

  final List<Member> members = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  Duration now = Duration.ofSeconds(1000);
  Instant wall = Instant.parse("2026-01-01T00:00:00Z");
  long revision = 100;
  long term = 7;
  int leader = 1;

  /** The seed's topology: clients are served on loopback only. */
  boolean loopback;

  boolean external;
  boolean lists = true;
  boolean defragmenting;
  Optional<String> elsewhere = Optional.empty();
  UnaryOperator<EtcdRound> lie = round -> round;

  Masters(int voters) {
    for (int i = 1; i <= voters; i++) {
      members.add(new Member(i));
    }
  }

  Member master(int number) {
    return members.get(number - 1);
  }

  Masters kill(int... numbers) {
    for (int number : numbers) {
      master(number).runs = Runs.NO;
    }
    return this;
  }

  Masters start(int... numbers) {
    for (int number : numbers) {
      master(number).runs = Runs.YES;
    }
    return this;
  }

  Member add() {
    Member added = new Member(members.size() + 1);
    members.add(added);
    return added;
  }

  void pass(Duration time) {
    now = now.plus(time);
    wall = wall.plus(time);
  }

  long voters() {
    return members.stream().filter(member -> !member.learner).count();
  }

  /** Voters that agree with this one: they run and reach each other. */
  long island(Member of) {
    return members.stream()
        .filter(m -> votes(m) && m.island == of.island && m.cluster.equals(of.cluster))
        .count();
  }

  private static boolean votes(Member member) {
    return !member.learner && member.started && member.runs == Runs.YES;
  }

  /** Whether a linearizable read through it would succeed. */
  boolean serves(Member member) {
    return votes(member) && island(member) >= voters() / 2 + 1;
  }

  /** Voters that may truly stop now. */
  long spare() {
    return Math.max(0, members.stream().filter(this::serves).count() - (voters() / 2 + 1));
  }

  boolean quorum() {
    return members.stream().anyMatch(this::serves);
  }

  /** Each daemon whose member serves writes its attestation. */
  void attest() {
    for (Member member : members) {
      if (serves(member) && member.attests) {
        member.sequence++;
        member.attested = Optional.of(now);
        member.written = wall.plus(member.skew);
      }
    }
  }

  /** One round of questions; time passes while it waits for answers. */
  EtcdRound look() {
    elect();
    revision++;
    List<MemberEvidence> seen = new ArrayList<>();
    for (Member member : members) {
      seen.add(member.lie.apply(evidence(member)));
    }
    boolean waits =
        seen.stream()
            .flatMap(member -> member.linearizable().failure().stream())
            .anyMatch(fault -> fault == Fault.TIMEOUT);
    Duration took = waits ? LONG : Duration.ofMillis(5);
    pass(took);
    Member own = master(1);
    return lie.apply(
        new EtcdRound(
            now,
            wall,
            took,
            seen,
            givenLists(),
            attestations(own),
            own.runs == Runs.YES && !external ? got(metrics(own)) : failed(Fault.REFUSED),
            process(own),
            elsewhere
                .<Answer<String>>map(Masters::got)
                .orElse(new Answer.NotAsked<>("the own member knows a leader")),
            new Answer.NotAsked<>("of no use here")));
  }

  private void elect() {
    if (leader == 0 ? quorum() : !serves(master(leader))) {
      term++;
      leader =
          1
              + IntStream.range(0, members.size())
                  .filter(i -> serves(members.get(i)))
                  .findFirst()
                  .orElse(-1);
    }
  }

  private ProcessSeen process(Member own) {
    if (external) {
      return new ProcessSeen.Unknown("etcd runs elsewhere");
    }
    return switch (own.runs) {
      case YES, STUCK -> new ProcessSeen.Alive(4711, 'S', 1);
      case STOPPED -> new ProcessSeen.Alive(4711, 'T', 1);
      case NO -> new ProcessSeen.Absent();
    };
  }

  private List<MemberList> givenLists() {
    List<MemberSeen> lines = members.stream().map(Member::line).toList();
    return lists
        ? members.stream()
            .filter(m -> m.runs == Runs.YES && m.started && !m.learner && reached(m))
            .map(m -> new MemberList(m.id, m.cluster, false, lines))
            .toList()
        : List.of();
  }

  private boolean reached(Member member) {
    return own(member) || (member.reached && !loopback);
  }

  private boolean own(Member member) {
    return !external && member == members.getFirst();
  }

  private MemberEvidence evidence(Member member) {
    boolean design = loopback && !own(member);
    return new MemberEvidence(
        own(member) ? "http://127.0.0.1:4001" : "http://" + member.name + ":4001",
        own(member),
        Optional.empty(),
        design,
        ask(member, true, header(member)),
        ask(member, false, header(member)),
        ask(member, false, status(member)),
        peer(member));
  }

  private <T> Answer<T> ask(Member member, boolean linearizable, T value) {
    if (loopback && !own(member)) {
      return new Answer.NotAsked<>("served on loopback");
    }
    if (!member.reached && !own(member)) {
      return failed(Fault.TIMEOUT);
    }
    return switch (member.runs) {
      case NO -> failed(Fault.REFUSED);
      case STOPPED, STUCK -> failed(Fault.TIMEOUT);
      case YES -> {
        if (!member.started) {
          yield failed(Fault.REFUSED);
        }
        if (linearizable && member.learner) {
          yield failed(Fault.LEARNER);
        }
        yield linearizable && !serves(member) ? failed(Fault.TIMEOUT) : got(value);
      }
    };
  }

  private Header header(Member member) {
    return new Header(member.cluster, member.id, revision - member.behind, term);
  }

  private StatusSeen status(Member member) {
    boolean led = leader > 0 && (serves(member) || (member.learner && quorum()));
    List<String> told = new ArrayList<>(errors);
    if (!led) {
      told.add("etcdserver: no leader");
    }
    long applied = 10_000 + revision - member.behind;
    return new StatusSeen(
        header(member),
        member.version,
        led ? Optional.of(master(leader).id) : Optional.empty(),
        10_000 + revision,
        applied,
        1 << 20,
        1 << 19,
        member.learner,
        told);
  }

  private Answer<PeerSeen> peer(Member member) {
    if (!member.reached) {
      return failed(Fault.TIMEOUT);
    }
    return switch (member.runs) {
      case NO -> failed(Fault.REFUSED);
      case STOPPED -> failed(Fault.TIMEOUT);
      case YES, STUCK -> got(new PeerSeen(member.version, List.of(), Optional.empty()));
    };
  }

  private MetricsSeen metrics(Member own) {
    Map<EtcdId, Boolean> links = new HashMap<>();
    members.stream().filter(member -> member != own).forEach(m -> links.put(m.id, linked(m)));
    return new MetricsSeen(
        serves(own),
        links,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        defragmenting,
        OptionalLong.empty());
  }

  /** Whether the own member's links to it stand. */
  boolean linked(Member member) {
    boolean runs = member.runs == Runs.YES || member.runs == Runs.STUCK;
    return member.started && runs && member.island == members.getFirst().island;
  }

  private Answer<List<Attestation>> attestations(Member own) {
    return serves(own)
        ? got(members.stream().filter(m -> m.sequence > 0).map(this::attestation).toList())
        : failed(Fault.TIMEOUT);
  }

  private Attestation attestation(Member member) {
    return new Attestation(
        member.id,
        member.cluster,
        member.name,
        "machine-" + member.name,
        "boot",
        member.sequence,
        revision,
        10_000 + revision,
        member.version,
        QUICK,
        List.of(),
        true,
        "up",
        "",
        "none",
        HostReport.NONE,
        member.written);
  }

  static <T> Answer<T> got(T value) {
    return new Answer.Got<>(value, QUICK);
  }

  static <T> Answer<T> failed(Fault fault) {
    return new Answer.Failed<>(fault, "", fault == Fault.TIMEOUT ? LONG : QUICK);
  }
}
