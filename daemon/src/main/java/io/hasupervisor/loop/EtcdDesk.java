package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.EtcdAssessor;
import io.hasupervisor.assess.etcd.EtcdFindings;
import io.hasupervisor.assess.etcd.EtcdHistory;
import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.StaleEvidence;
import io.hasupervisor.assess.storage.SpeedHistory;
import io.hasupervisor.assess.storage.SpeedRules;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.Reply;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.publish.EtcdStatus;
import io.hasupervisor.publish.EtcdStatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * What this master thinks of etcd, round after round: judged, told to those who follow, remembered.
 * In the loop's thread only.
 */
final class EtcdDesk implements AutoCloseable {
  /** Rounds take six seconds at most; one that is so much later than it should be hangs. */
  private static final Duration LATE = Duration.ofSeconds(20);

  private final Master master;
  private final EtcdWorld world;
  private final RoundWatch watch;
  private final Attester attester;
  private final EtcdShelf shelf;
  private final EtcdChronicle chronicle;
  private final List<EtcdFollower> followers;
  private final Inbox inbox;
  private final Duration started;
  private EtcdHistory history;
  private SpeedHistory speed = SpeedHistory.none();
  private Optional<EtcdView> judged = Optional.empty();
  private Optional<Duration> staleSince = Optional.empty();

  EtcdDesk(
      Master master,
      EtcdWorld world,
      RoundWatch watch,
      Attester attester,
      EtcdShelf shelf,
      EtcdChronicle chronicle,
      List<EtcdFollower> followers,
      Inbox inbox,
      Duration started) {
    this.master = master;
    this.world = world;
    this.watch = watch;
    this.attester = attester;
    this.shelf = shelf;
    this.chronicle = chronicle;
    this.followers = List.copyOf(followers);
    this.inbox = inbox;
    this.started = started;
    this.history = EtcdHistory.at(started, master.etcd().period(), Optional.empty());
  }

  /** Begins to ask, once what is remembered was read. */
  void start() {
    watch.start();
  }

  /** Whether this is the world of the present configuration. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(EtcdWorld other) {
    return world == other;
  }

  void recalled(EtcdMemory memory) {
    history = EtcdHistory.at(started, master.etcd().period(), memory.maxima());
    shelf.recalled(memory);
    watch.judged(Duration.ZERO);
  }

  /** What a desk that takes this one's place is to remember; empty before it was read. */
  Optional<EtcdMemory> memory() {
    return shelf.newest();
  }

  /** Asks the members as soon as possible. */
  void look() {
    watch.look();
  }

  /** Judges a round. A bug in that leaves the evidence as old as it is. */
  void looked(EtcdRound round, Duration now) {
    try {
      judge(round, now);
    } catch (RuntimeException e) {
      Logger.error(e, "a round of answers from etcd could not be judged, by a bug");
    }
    watch.judged(history.nextLook(master.etcd().period()));
  }

  private void judge(EtcdRound round, Duration now) {
    EtcdAssessor.Judgement judgement = EtcdAssessor.assess(history, round);
    EtcdView view = judgement.view();
    SpeedRules.Checked checked = SpeedRules.check(master.etcd(), speed, round, view);
    List<Finding> findings =
        Stream.concat(EtcdFindings.of(view).stream(), checked.findings().stream()).toList();
    history = judgement.next();
    speed = checked.next();
    judged = Optional.of(view);
    staleSince = Optional.empty();
    attester.looked(round);
    shelf.proven(history.maxima(), now);
    inbox.post(new Message.Inspected("etcd", findings));
    tell(view, now);
    attester.tick(view, now);
  }

  private void tell(EtcdView view, Duration now) {
    chronicle.judged(view);
    followers.forEach(follower -> follower.judged(view, now));
  }

  /** Looks whether the evidence has become too old, and whether it is time to attest. */
  void tick(Duration now) {
    if (staleSince.isEmpty() && stale(now)) {
      staleSince = Optional.of(now);
      tell(view(now).orElseThrow(), now);
    }
    if (staleSince.isEmpty()) {
      judged.ifPresent(view -> attester.tick(view, now));
    }
  }

  private boolean stale(Duration now) {
    Duration newest = judged.map(EtcdView::at).orElse(started);
    return now.minus(newest).compareTo(master.etcd().period().plus(LATE)) >= 0;
  }

  /** What is thought now; empty until the first round has ended or should have. */
  Optional<EtcdView> view(Duration now) {
    return staleSince
        .map(
            since ->
                judged
                    .map(last -> StaleEvidence.of(last, since, now))
                    .orElseGet(() -> StaleEvidence.none(master.etcd().external(), started, now)))
        .or(() -> judged);
  }

  /** The same for people. */
  Optional<EtcdStatus> status(Duration now, Instant wall) {
    int masters = master.cluster().masters().size();
    return view(now).map(view -> EtcdStatusView.of(view, masters, now, wall));
  }

  /** An operator has restored older data: what was proven before is no measure any more. */
  Reply acceptRestore(String by, Duration now) {
    Optional<EtcdView> view = view(now);
    if (view.filter(EtcdView::proven).isEmpty()) {
      return Reply.refused(
          "etcd's quorum is not proven now, so that nothing can take the place of what is"
              + " remembered; first: ha-supervisor status");
    }
    String told =
        history
            .maxima()
            .map(most -> forgotten(most, view.get()))
            .orElse("nothing was remembered, so that there was nothing to forget");
    Logger.info("etcd accept-restore by {}: {}", by, told);
    history = history.accepted();
    shelf.forget();
    watch.look();
    return Reply.done(told);
  }

  private static String forgotten(EtcdMaxima most, EtcdView view) {
    return "forgotten: revision "
        + most.revision()
        + " of cluster "
        + most.cluster()
        + " (term "
        + most.term()
        + "), seen at "
        + most.at()
        + "; etcd's data as it is now, at revision "
        + view.revision()
        + ", is the measure from now on";
  }

  @Override
  public void close() {
    watch.close();
    shelf.close();
  }
}
