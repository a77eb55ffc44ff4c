package io.hasupervisor.observe.etcd;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The questions of one round, all under way at once and none longer than the round. */
final class Asking implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("etcd-question").factory());
  private final long begun = System.nanoTime();
  private final Duration limit;

  Asking(Duration limit) {
    this.limit = limit;
  }

  /** A question under way. */
  record Open<T>(Future<Answer<T>> future) {}

  <T> Open<T> ask(Callable<Answer<T>> question) {
    return new Open<>(threads.submit(question));
  }

  static <T> Open<T> notAsked(String why) {
    Answer<T> answer = new Answer.NotAsked<>(why);
    return new Open<>(java.util.concurrent.CompletableFuture.completedFuture(answer));
  }

  /** The answer; a failure once the round's time is over. */
  <T> Answer<T> answer(Open<T> open) throws InterruptedException {
    try {
      long left = limit.toNanos() - (System.nanoTime() - begun);
      return open.future().get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | CancellationException e) {
      return new Answer.Failed<>(Fault.TIMEOUT, "no answer in this round", took());
    } catch (ExecutionException e) {
      return new Answer.Failed<>(
          Fault.ERROR, "the question itself failed: " + e.getCause(), took());
    }
  }

  /** Whether it is answered well within {@code time} from now. */
  static boolean comesWithin(Duration time, Open<?> open) throws InterruptedException {
    try {
      return open.future().get(time.toNanos(), TimeUnit.NANOSECONDS).ok();
    } catch (TimeoutException | ExecutionException | CancellationException e) {
      return false;
    }
  }

  Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Interrupts what is still under way, and does not wait for it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
