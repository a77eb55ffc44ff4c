package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.assess.etcd.MemberState;
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
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Masters m1, m2 … of one cluster with one lock, and what each of them would see. */
final class Town {
  Duration now = Duration.ofHours(10);
  Instant wall = Instant.parse("2026-01-02T03:04:05Z");
  LockSeen lock = new LockSeen.Readable(LockDocument.EMPTY, 0);
  long revision = 100;
  int leader = 1;
  boolean full;
  private int seconds;

  /** Members of etcd that do not run, and daemons that do not. */
  final TreeSet<Integer> down = new TreeSet<>();

  final TreeSet<Integer> silent = new TreeSet<>();
  final TreeSet<Integer> removed = new TreeSet<>();
  final List<Daemon> daemons = new ArrayList<>();
  Optional<Duration> unrest = Optional.empty();

  Town(int masters) {
    IntStream.rangeClosed(1, masters).forEach(number -> daemons.add(new Daemon(this, number)));
  }

  Daemon master(int number) {
    return daemons.get(number - 1);
  }

  LockDocument document() {
    return lock instanceof LockSeen.Readable readable ? readable.document() : LockDocument.EMPTY;
  }

  Optional<String> holder() {
    return document().holder().map(LockDocument.Holder::node);
  }

  List<LockDocument.Result> history() {
    return document().history().stream().map(LockDocument.Past::result).toList();
  }

  /** What an operator does to the lock. */
  void changes(UnaryOperator<LockDocument> change) {
    lock = new LockSeen.Readable(change.apply(document()), ++revision);
  }

  /** Compare and set; whether it was. */
  boolean swap(LockDocument next, long expected) {
    if (lock.revision() != expected) {
      return false;
    }
    lock = new LockSeen.Readable(next, ++revision);
    return true;
  }

  boolean quorum() {
    return voters() - down.size() >= voters() / 2 + 1;
  }

  private int voters() {
    return daemons.size() - removed.size();
  }

  void fails(int number) {
    down.add(number);
    unrest = Optional.of(now);
    if (leader == number) {
      leader =
          daemons.stream().map(d -> d.number).filter(n -> !down.contains(n)).findFirst().orElse(1);
    }
  }

  void recovers(int number) {
    down.remove(number);
  }

  /** Everybody lives for so long, looking around and reading the lock every ten seconds. */
  void passes(Duration time) {
    for (Duration end = now.plus(time); now.compareTo(end) < 0; ) {
      second();
      if (++seconds % 10 == 0) {
        daemons.stream().filter(daemon -> !silent.contains(daemon.number)).forEach(Daemon::round);
      }
      daemons.stream().filter(daemon -> !silent.contains(daemon.number)).forEach(Daemon::lives);
    }
  }

  /** Whatever is done takes time. */
  void moment() {
    now = now.plusMillis(3);
    wall = wall.plusMillis(3);
  }

  void second() {
    now = now.plusSeconds(1);
    wall = wall.plusSeconds(1);
  }

  Scene scene(int self) {
    boolean runs = !down.contains(self);
    return new Scene(
        Optional.of(view(self)),
        runs ? new ProcessSeen.Alive(4000 + self, 'S', 77) : new ProcessSeen.Absent(),
        now,
        false,
        false,
        runs,
        runs ? Optional.empty() : Optional.of(now.minusSeconds(30)),
        others(self).filter(n -> !down.contains(n)).mapToObj(n -> "m" + n).toList(),
        others(self)
            .filter(n -> !silent.contains(n) && !down.contains(n))
            .filter(n -> master(n).attested().equals("running"))
            .mapToObj(n -> "m" + n)
            .toList(),
        false,
        false,
        Duration.ofHours(9),
        Optional.of(now.minus(Duration.ofMinutes(20))),
        new Rank(self - 1, daemons.size()));
  }

  private IntStream others(int self) {
    return IntStream.rangeClosed(1, daemons.size()).filter(n -> n != self);
  }

  private EtcdView view(int self) {
    int quorum = voters() / 2 + 1;
    int healthy = voters() - down.size();
    List<Integer> members =
        IntStream.rangeClosed(1, daemons.size()).boxed().filter(n -> !removed.contains(n)).toList();
    Optional<Duration> shaken =
        unrest.filter(at -> now.minus(at).compareTo(Duration.ofSeconds(60)) < 0);
    return new EtcdView(
        state(healthy, quorum),
        Optional.empty(),
        now,
        now,
        false,
        quorum(),
        quorum() ? Optional.of(now) : Optional.empty(),
        Optional.empty(),
        voters(),
        0,
        quorum,
        healthy,
        healthy,
        Math.max(0, healthy - quorum),
        Math.max(0, healthy - quorum),
        voters() - quorum,
        Optional.of(new EtcdId(0xc1)),
        Optional.of(new EtcdId(leader)),
        4,
        1000,
        1000,
        List.of(),
        List.of(),
        shaken,
        shaken,
        Optional.empty(),
        members.stream().map(n -> member(n, n == self)).toList(),
        members.stream().filter(n -> !down.contains(n)).map(this::heard).toList(),
        "as it is");
  }

  private ClusterState state(int healthy, int quorum) {
    if (healthy < quorum) {
      return ClusterState.QUORUM_LOST;
    }
    if (healthy == quorum) {
      return voters() == 1 ? ClusterState.SINGLE : ClusterState.QUORUM_AT_RISK;
    }
    return healthy == voters() ? ClusterState.QUORUM_FULL : ClusterState.QUORUM_DEGRADED;
  }

  private MemberView member(int number, boolean own) {
    boolean serves = !down.contains(number) && quorum();
    return new MemberView(
        Optional.of(new EtcdId(number)),
        "m" + number,
        "http://10.0.0." + number + ":4001",
        own,
        number == leader,
        false,
        serves
            ? MemberState.HEALTHY
            : down.contains(number) ? MemberState.DOWN : MemberState.LOCAL_ONLY,
        now,
        "",
        serves,
        serves ? Optional.of(now) : Optional.empty(),
        "3.4.23",
        0,
        1,
        1,
        new TreeMap<>());
  }

  private Heard heard(int number) {
    Attestation said =
        new Attestation(
            new EtcdId(number),
            new EtcdId(0xc1),
            "m" + number,
            "machine-" + number,
            "boot",
            now.toSeconds(),
            1000,
            1000,
            "3.4.23",
            Duration.ofMillis(3),
            List.of(),
            true,
            "HEALTHY",
            "HEALTHY",
            master(number).attested(),
            HostReport.NONE,
            wall);
    Duration written = silent.contains(number) ? now.minus(Duration.ofMinutes(10)) : now;
    return new Heard(said, now, Optional.of(written));
  }
}
