package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.EtcdSettings.Attest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.MachineId;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.HostReport;
import io.hasupervisor.observe.etcd.MemberEvidence;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Says through this host's member how it and its host are, for the other masters (control-plane
 * 3.1.3). That it could not be said is no news: the rounds of questions tell why. Owned by the
 * loop's thread; each is written in a thread of its own, one at a time.
 */
final class Attester {
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration EVERY_WHILE_UNWELL = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Reads of which the 95th percentile is told: about those of one minute. */
  private static final int READS = 6;

  /**
   * What is known of this host; a word that is not known is empty.
   *
   * @param docker the state of its service
   * @param apiserver the state of its apiserver
   * @param repair "none", "running" or "blocked"
   */
  record Said(String docker, String apiserver, String repair, HostReport report) {}

  private final Master master;
  private final EtcdWorld world;
  private final Clock clock;
  private final String bootId;
  private final Supplier<Said> host;
  private final Semaphore free = new Semaphore(1);
  private final Deque<Duration> reads = new ArrayDeque<>();
  private Optional<EtcdRound> round = Optional.empty();
  private long sequence;
  private Optional<Duration> last = Optional.empty();

  /**
   * Nothing is written yet.
   *
   * @param host what is known of this host at the moment
   */
  Attester(Master master, EtcdWorld world, Clock clock, String bootId, Supplier<Said> host) {
    this.master = master;
    this.world = world;
    this.clock = clock;
    this.bootId = bootId;
    this.host = host;
    // A daemon that starts anew must not repeat a number: it would look as if it had said nothing.
    this.sequence = clock.wall().getEpochSecond();
  }

  /** Takes a round's evidence in. */
  void looked(EtcdRound seen) {
    round = Optional.of(seen);
    seen.own()
        .map(MemberEvidence::linearizable)
        .filter(Answer.Got.class::isInstance)
        .ifPresent(read -> reads.addLast(((Answer.Got<Header>) read).took()));
    while (reads.size() > READS) {
      reads.removeFirst();
    }
  }

  /** Writes one, where it is due. */
  void tick(EtcdView view, Duration now) {
    Duration every =
        (view.state() == ClusterState.QUORUM_FULL || view.state() == ClusterState.SINGLE)
                && !lockHeld()
            ? EVERY
            : EVERY_WHILE_UNWELL;
    boolean due = last.filter(before -> now.minus(before).compareTo(every) < 0).isEmpty();
    if (due && master.etcd().attest() == Attest.ALWAYS) {
      attestation(view).ifPresent(written -> write(written, now));
    }
  }

  /** Then its holder waits for news of every member. */
  private boolean lockHeld() {
    return round
        .flatMap(seen -> seen.lock().got())
        .filter(
            lock ->
                !(lock instanceof LockSeen.Readable readable)
                    || readable.document().holder().isPresent())
        .isPresent();
  }

  /** Whether none is being written. */
  boolean idle() {
    return free.availablePermits() > 0;
  }

  private void write(Attestation attestation, Duration now) {
    if (!free.tryAcquire()) {
      return;
    }
    last = Optional.of(now);
    sequence++;
    Limited.run(
        "etcd attestation",
        LIMIT,
        () -> {
          try {
            return world.attest(named(attestation));
          } finally {
            free.release();
          }
        },
        _ -> {});
  }

  /** Empty where this host has no member that is known. */
  private Optional<Attestation> attestation(EtcdView view) {
    Optional<MemberView> own = view.own();
    Optional<EtcdId> id = own.flatMap(MemberView::id);
    if (id.isEmpty() || view.cluster().isEmpty()) {
      return Optional.empty();
    }
    Optional<MemberEvidence> evidence = round.flatMap(EtcdRound::own);
    Said said = host.get();
    return Optional.of(
        new Attestation(
            id.get(),
            view.cluster().get(),
            master.node().name(),
            "",
            bootId,
            sequence + 1,
            evidence
                .flatMap(seen -> seen.linearizable().got())
                .map(Header::revision)
                .orElse(view.revision()),
            evidence.flatMap(seen -> seen.status().got()).map(seen -> seen.applied()).orElse(0L),
            own.get().version(),
            slow(),
            view.alarms(),
            own.get().state() == MemberState.HEALTHY,
            said.docker(),
            said.apiserver(),
            said.repair(),
            said.report(),
            clock.wall()));
  }

  private Duration slow() {
    List<Duration> sorted = reads.stream().sorted().toList();
    return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
  }

  /** The host's name is read where reading may block. */
  private static Attestation named(Attestation it) {
    return new Attestation(
        it.member(),
        it.cluster(),
        it.node(),
        MachineId.read().value(),
        it.bootId(),
        it.sequence(),
        it.revision(),
        it.applied(),
        it.version(),
        it.slow(),
        it.alarms(),
        it.healthy(),
        it.docker(),
        it.apiserver(),
        it.repair(),
        it.host(),
        it.at());
  }
}
