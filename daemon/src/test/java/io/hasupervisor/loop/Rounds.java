package io.hasupervisor.loop;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.PeerSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rounds of questions to members m1 (this host's), m2 (the leader) and m3. */
final class Rounds {
  static final EtcdId CLUSTER = new EtcdId(0x8211);
  static final EtcdId M1 = new EtcdId(-1);
  private static final Instant BOOT = Instant.parse("2026-11-24T20:00:00Z");
  private static final Duration TOOK = Duration.ofMillis(2);

  /** How one member answers. */
  enum Is {
    WELL,
    /** The process has gone. */
    DOWN,
    /** It answers and knows no leader. */
    ALONE,
    /** Its process is there and answers nothing. */
    SILENT,
    /** Clients are served on its own loopback only. */
    HIDDEN,
    /** It serves, and has raised the alarm NOSPACE. */
    FULL_DISK,
    CORRUPT
  }

  private final Duration at;
  private final long revision;
  private final Is[] members;

  private Rounds(Duration at, long revision, Is... members) {
    this.at = at;
    this.revision = revision;
    this.members = members;
  }

  static EtcdRound of(Duration at, long revision, Is... members) {
    return new Rounds(at, revision, members).round();
  }

  static EtcdRound well(Duration at, long revision) {
    return of(at, revision, Is.WELL, Is.WELL, Is.WELL);
  }

  private EtcdRound round() {
    List<MemberEvidence> evidence = new ArrayList<>();
    List<MemberList> lists = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      evidence.add(evidence(i));
      if (members[i] == Is.WELL) {
        lists.add(new MemberList(id(i), CLUSTER, true, listed()));
      }
    }
    return new EtcdRound(
        at,
        BOOT.plus(at),
        TOOK,
        evidence,
        lists,
        new Answer.NotAsked<>("not needed"),
        new Answer.NotAsked<>("not needed"),
        members[0] == Is.DOWN ? new ProcessSeen.Absent() : new ProcessSeen.Alive(100, 'S', 5000),
        new Answer.NotAsked<>("not needed"),
        new Answer.NotAsked<>("not needed"));
  }

  private static EtcdId id(int index) {
    return new EtcdId(-1 - index);
  }

  private List<MemberSeen> listed() {
    List<MemberSeen> listed = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      listed.add(listed(i));
    }
    return listed;
  }

  private static MemberSeen listed(int i) {
    return new MemberSeen(
        id(i),
        "m" + (i + 1),
        List.of("http://10.0.0." + (i + 1) + ":2380"),
        List.of("http://10.0.0." + (i + 1) + ":4001"),
        false);
  }

  private MemberEvidence evidence(int i) {
    boolean own = i == 0;
    return new MemberEvidence(
        own ? "http://127.0.0.1:4001" : "http://10.0.0." + (i + 1) + ":4001",
        own,
        Optional.of(listed(i)),
        members[i] == Is.HIDDEN,
        linearizable(i),
        serializable(i),
        status(i),
        peer(i));
  }

  private Answer<Header> linearizable(int i) {
    return switch (members[i]) {
      case WELL, FULL_DISK -> got(header(i));
      case DOWN -> failed(Fault.REFUSED, "refused");
      case ALONE -> failed(Fault.NO_LEADER, "no leader");
      case SILENT -> failed(Fault.TIMEOUT, "no answer in 5 s");
      case HIDDEN -> new Answer.NotAsked<>("its client URL is a loopback address");
      case CORRUPT -> failed(Fault.CORRUPT, "corrupt cluster");
    };
  }

  private Answer<Header> serializable(int i) {
    return switch (members[i]) {
      case WELL, FULL_DISK, ALONE, CORRUPT -> got(header(i));
      case DOWN, SILENT, HIDDEN -> failed(Fault.TIMEOUT, "no answer in 2 s");
    };
  }

  private Answer<StatusSeen> status(int i) {
    Optional<EtcdId> leader = Optional.of(id(1));
    return switch (members[i]) {
      case WELL -> got(status(i, leader, List.of()));
      case FULL_DISK ->
          got(status(i, leader, List.of("memberID:" + id(i).decimal() + " alarm:NOSPACE ")));
      case CORRUPT ->
          got(status(i, leader, List.of("memberID:" + id(i).decimal() + " alarm:CORRUPT ")));
      case ALONE -> got(status(i, Optional.empty(), List.of("etcdserver: no leader")));
      case DOWN, SILENT, HIDDEN -> failed(Fault.TIMEOUT, "no answer in 2 s");
    };
  }

  private StatusSeen status(int i, Optional<EtcdId> leader, List<String> errors) {
    return new StatusSeen(
        header(i), "3.4.23", leader, 2 * revision, 2 * revision, 20 << 20, 10 << 20, false, errors);
  }

  private Answer<PeerSeen> peer(int i) {
    return switch (members[i]) {
      case DOWN -> failed(Fault.REFUSED, "refused");
      case SILENT -> failed(Fault.TIMEOUT, "no answer in 2 s");
      case WELL, FULL_DISK, ALONE, HIDDEN, CORRUPT ->
          got(new PeerSeen("3.4.23", listed(), Optional.of(Duration.ZERO)));
    };
  }

  private Header header(int i) {
    return new Header(CLUSTER, id(i), revision, 4);
  }

  private static <T> Answer<T> got(T value) {
    return new Answer.Got<>(value, TOOK);
  }

  private static <T> Answer<T> failed(Fault fault, String detail) {
    return new Answer.Failed<>(fault, detail, TOOK);
  }
}
