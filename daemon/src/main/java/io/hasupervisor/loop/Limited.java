package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tinylog.Logger;

/** Work in a thread of its own that is answered with one outcome in bounded time. */
final class Limited {

  /** What is to be done. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException;
  }

  private Limited() {}

  /** Begins; {@code ended} is called once, at the latest after {@code limit}. */
  static void run(String name, Duration limit, Work<Outcome> work, Consumer<Outcome> ended) {
    run(name, limit, work, Outcome.Uncertain::new, ended);
  }

  /**
   * The same with outcomes of another kind.
   *
   * @param uncertain makes the one that says that nobody knows, of the reason why
   */
  static <T> void run(
      String name, Duration limit, Work<T> work, Function<String, T> uncertain, Consumer<T> ended) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread worker =
        Thread.ofVirtual().name(name).start(() -> outcome.complete(guarded(name, work, uncertain)));
    var _ =
        outcome
            .completeOnTimeout(
                uncertain.apply("no end after " + limit.toSeconds() + "s"),
                limit.toNanos(),
                TimeUnit.NANOSECONDS)
            .thenAccept(
                end -> {
                  worker.interrupt();
                  ended.accept(end);
                });
  }

  private static <T> T guarded(String name, Work<T> work, Function<String, T> uncertain) {
    try {
      return work.run();
    } catch (InterruptedException e) {
      return uncertain.apply("interrupted");
    } catch (RuntimeException e) {
      Logger.error(e, "{} failed by a bug", name);
      return uncertain.apply("a bug in this daemon: " + e);
    }
  }
}
