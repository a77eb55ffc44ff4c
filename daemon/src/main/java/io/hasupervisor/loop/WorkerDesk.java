package io.hasupervisor.loop;

import io.hasupervisor.assess.worker.WorkerHistory;
import io.hasupervisor.assess.worker.WorkerRule;
import io.hasupervisor.cluster.Worker;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.WorkerStatusView;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * What this host, where it is configured as a worker, thinks of its way to the apiservers, look
 * after look. Nothing is ever done about it. In the loop's thread only.
 */
final class WorkerDesk implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(30);

  /** What failed once is asked again soon. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Outside outside;
  private final Publisher publisher;
  private final Inbox inbox;
  private final FindingBoard board = new FindingBoard();
  private Optional<Worker> worker = Optional.empty();
  private Optional<Watched> watched = Optional.empty();
  private WorkerHistory history = WorkerHistory.at(Duration.ZERO);
  private boolean asking;

  /** A world, and who looks at it. */
  private record Watched(WorkerWorld world, RoundWatch watch) {}

  /** Looks at nothing yet. */
  WorkerDesk(Outside outside, Publisher publisher, Inbox inbox) {
    this.outside = outside;
    this.publisher = publisher;
    this.inbox = inbox;
  }

  /** Takes a plan over; one line per difference. */
  List<String> adopt(Plan plan, Duration now) {
    if (plan.worker().equals(worker)) {
      return List.of();
    }
    boolean known = worker.isPresent();
    close();
    board.clear();
    publisher.worker(Optional.empty());
    worker = plan.worker();
    history = WorkerHistory.at(now);
    watched = worker.map(it -> watched(outside.workers().apply(it), outside.clock()));
    watched.ifPresent(it -> it.watch().start());
    return List.of(
        watched.isEmpty()
            ? "no longer a worker"
            : known
                ? "worker: changed"
                : "worker: its way to the apiservers is watched from now on");
  }

  private Watched watched(WorkerWorld world, Clock clock) {
    RoundWatch.Asking asking =
        new RoundWatch.Asking() {
          @Override
          public Message look() throws InterruptedException {
            return new Message.WorkerLooked(world, world.look());
          }

          @Override
          public void close() {
            // It keeps nothing open.
          }
        };
    return new Watched(
        world, new RoundWatch("worker", asking, clock, inbox, Optional::empty, EVERY));
  }

  /** The first look waits for a loop that turns. */
  void tick() {
    if (watched.isPresent() && !asking) {
      asking = true;
      watched.get().watch().judged(Duration.ZERO);
    }
  }

  /** Judges a look; of another configuration's world nothing is told any more. */
  @SuppressWarnings("ReferenceEquality")
  void looked(Message.WorkerLooked looked, Duration now) {
    if (watched.filter(it -> it.world() == looked.world()).isEmpty()) {
      return;
    }
    Optional<String> configured = worker.flatMap(Worker::apiserver).map(URI::toString);
    try {
      WorkerRule.Judgement judged = WorkerRule.judge(history, configured, looked.round(), now);
      history = judged.next();
      board.replace("worker", "worker", judged.view().findings(), outside.clock().wall());
      publisher.worker(
          Optional.of(
              WorkerStatusView.of(
                  configured, judged.view(), board.shown(), now, outside.clock().wall())));
    } catch (RuntimeException e) {
      Logger.error(e, "a look at the way to the apiservers could not be judged, by a bug");
    }
    watched
        .get()
        .watch()
        .judged(history.failed() > 0 && history.failed() < WorkerRule.BELIEVED ? AGAIN : EVERY);
  }

  @Override
  public void close() {
    watched.ifPresent(it -> it.watch().close());
    watched = Optional.empty();
    asking = false;
  }
}
