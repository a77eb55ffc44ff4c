package io.hasupervisor.loop;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.entry.EntryAssessor;
import io.hasupervisor.assess.entry.EntryHistory;
import io.hasupervisor.assess.entry.EntryScene;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.entry.Readiness;
import io.hasupervisor.assess.entry.StaleEntry;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.entry.EntryRound;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.EntryStatus;
import io.hasupervisor.publish.EntryStatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tinylog.Logger;

/**
 * What this master thinks of the way into the cluster, round after round. Nothing is ever done
 * about it here: a dead apiserver is the kubelet's to restart. In the loop's thread only.
 */
final class EntryDesk implements AutoCloseable {
  /** Rounds take six seconds at most; one that is so much later than it should be hangs. */
  private static final Duration LATE = Duration.ofSeconds(20);

  private final Master master;
  private final EntryWorld world;
  private final RoundWatch watch;
  private final Function<Duration, Optional<EtcdView>> etcd;
  private final EntryChronicle chronicle;
  private final Inbox inbox;
  private final Map<String, PodSeen> pods = new HashMap<>();
  private EntryHistory history;
  private Optional<EntryView> judged = Optional.empty();
  private boolean asking;
  private boolean stale;

  /**
   * Asks nothing yet.
   *
   * @param etcd what is thought of etcd at a time
   */
  EntryDesk(
      Master master,
      EntryWorld world,
      RoundWatch watch,
      Function<Duration, Optional<EtcdView>> etcd,
      EntryChronicle chronicle,
      Inbox inbox,
      Duration started) {
    this.master = master;
    this.world = world;
    this.watch = watch;
    this.etcd = etcd;
    this.chronicle = chronicle;
    this.inbox = inbox;
    this.history = EntryHistory.at(started);
  }

  /** Whether this is the world of the present configuration. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(EntryWorld other) {
    return world == other;
  }

  /** Begins to ask, once the loop turns. */
  void start() {
    watch.start();
  }

  /** Begins to ask, and looks whether what was answered last has become too old. */
  void tick(Duration now) {
    if (!asking) {
      asking = true;
      watch.judged(Duration.ZERO);
    }
    Optional<EntryView> late =
        judged.filter(
            view -> now.minus(view.at()).compareTo(master.apiserver().period().plus(LATE)) >= 0);
    if (!stale && late.isPresent()) {
      stale = true;
      think(StaleEntry.of(late.get(), now));
    }
  }

  private void think(EntryView view) {
    judged = Optional.of(view);
    chronicle.judged(view);
    inbox.post(new Message.Inspected("entry", view.findings()));
  }

  /** What docker tells of a manifest's pod now. */
  void sighted(String manifest, PodSeen seen) {
    pods.put(manifest, seen);
  }

  /** Judges a round. A bug in that leaves what was thought before. */
  void looked(EntryRound round, Duration now) {
    try {
      Optional<EtcdView> known = etcd.apply(now);
      EntryAssessor.Judgement judgement =
          EntryAssessor.assess(
              history,
              round,
              new EntryScene(
                  master.node().name(),
                  master.cluster().masters(),
                  known.map(EtcdView::state),
                  known.map(EtcdView::summary).orElse(""),
                  pods));
      history = judgement.next();
      stale = false;
      think(judgement.view());
    } catch (RuntimeException e) {
      Logger.error(e, "a round of answers from apiservers could not be judged, by a bug");
    }
    watch.judged(master.apiserver().period());
  }

  /** The state of this host's apiserver; empty where that is not known. */
  String apiserver() {
    return judged
        .flatMap(EntryView::own)
        .map(ApiserverView::state)
        .filter(state -> state != ApiserverState.UNKNOWN)
        .map(ApiserverState::name)
        .orElse("");
  }

  /** What is thought now; empty before the first round. */
  Optional<EntryView> view() {
    return judged;
  }

  /** What is told of this master to load balancers; {@code now} is of the loop's turn. */
  ReadyGate.Known known(Duration now) {
    return new ReadyGate.Known(
        world, judged, etcd.apply(now).map(EtcdView::state), master.apiserver().period());
  }

  /** Whether traffic should be sent here, by the last round; empty before the first one. */
  Optional<ReadyStatus> ready(Duration now) {
    return judged.map(
        view -> {
          Readiness it =
              Readiness.judged(
                  view.own().map(ApiserverView::state).orElse(ApiserverState.UNKNOWN),
                  etcd.apply(now).map(EtcdView::state));
          return new ReadyStatus(it.ready(), it.reasons());
        });
  }

  /** The same for people. */
  Optional<EntryStatus> status(Duration now, Instant wall) {
    return judged.map(view -> EntryStatusView.of(view, now, wall));
  }

  @Override
  public void close() {
    watch.close();
  }
}
