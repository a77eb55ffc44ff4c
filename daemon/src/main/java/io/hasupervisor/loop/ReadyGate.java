package io.hasupervisor.loop;

import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.entry.Readiness;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.ReadyFeed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/**
 * Asks the own apiserver afresh when somebody wants to know whether this master is ready, for
 * rounds come each ten seconds only: one question at a time, whoever asks meanwhile shares its
 * answer, and it is good for a second.
 */
final class ReadyGate implements ReadyFeed {
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** A question ends within two seconds, or is wrong. */
  private static final Duration PATIENCE = Duration.ofMillis(2500);

  private final Clock clock;
  private volatile Optional<Known> known = Optional.empty();
  private Optional<Question> last = Optional.empty();

  /**
   * What the loop knows of this host as a master.
   *
   * @param judged the last round's view; empty before the first one
   * @param period from one round to the next
   */
  record Known(
      EntryWorld world, Optional<EntryView> judged, Optional<ClusterState> etcd, Duration period) {}

  private record Question(EntryWorld world, Duration asked, CompletableFuture<ApiAnswer> answer) {}

  ReadyGate(Clock clock) {
    this.clock = clock;
  }

  /** From the loop: empty where this host is no master. */
  void knows(Optional<Known> now) {
    known = now;
  }

  @Override
  public ReadyStatus ready() {
    Readiness readiness = known.map(this::ask).orElse(Readiness.NO_MASTER);
    return new ReadyStatus(readiness.ready(), readiness.reasons());
  }

  private Readiness ask(Known it) {
    ApiAnswer says =
        question(it.world())
            .answer()
            .copy()
            .completeOnTimeout(
                new ApiAnswer.Silent(Symptom.TIMED_OUT, true, "no answer in time"),
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS)
            .join();
    Duration now = clock.now();
    return Readiness.now(
        says,
        it.etcd(),
        it.judged().map(view -> now.minus(view.at())),
        Readiness.limit(it.period()));
  }

  @SuppressWarnings("ReferenceEquality")
  private synchronized Question question(EntryWorld world) {
    Duration now = clock.now();
    Optional<Question> good =
        last.filter(it -> it.world() == world)
            .filter(it -> !it.answer().isDone() || now.minus(it.asked()).compareTo(FRESH) < 0);
    Question current = good.orElseGet(() -> new Question(world, now, new CompletableFuture<>()));
    if (good.isEmpty()) {
      last = Optional.of(current);
      Thread.ofVirtual().name("ready").start(() -> current.answer().complete(answer(world)));
    }
    return current;
  }

  private static ApiAnswer answer(EntryWorld world) {
    try {
      return world.ready();
    } catch (InterruptedException e) {
      return new ApiAnswer.NotAsked("nobody wants to know any more");
    } catch (RuntimeException e) {
      Logger.error(e, "whether the apiserver is ready could not be asked, by a bug");
      return new ApiAnswer.NotAsked("a bug");
    }
  }
}
