package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** Work in a thread of its own that is answered with one outcome in bounded time. */
final class Limited {

  /** What is to be done. */
  @FunctionalInterface
  interface Work {
    Outcome run() throws InterruptedException;
  }

  private Limited() {}

  /** Begins; {@code ended} is called once, at the latest after {@code limit}. */
  static void run(String name, Duration limit, Work work, Consumer<Outcome> ended) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread worker =
        Thread.ofVirtual().name(name).start(() -> outcome.complete(guarded(name, work)));
    var _ =
        outcome
            .completeOnTimeout(
                new Outcome.Uncertain("no end after " + limit.toSeconds() + "s"),
                limit.toNanos(),
                TimeUnit.NANOSECONDS)
            .thenAccept(
                end -> {
                  worker.interrupt();
                  ended.accept(end);
                });
  }

  private static Outcome guarded(String name, Work work) {
    try {
      return work.run();
    } catch (InterruptedException e) {
      return new Outcome.Uncertain("interrupted");
    } catch (RuntimeException e) {
      Logger.error(e, "{} failed by a bug", name);
      return new Outcome.Uncertain("a bug in this daemon: " + e);
    }
  }
}
