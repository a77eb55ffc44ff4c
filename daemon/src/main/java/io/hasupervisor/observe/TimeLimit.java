package io.hasupervisor.observe;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work that blocks, done in a thread of its own that is interrupted once its time is over. */
public final class TimeLimit {
  /** Time for work to end by itself once it is interrupted: it then says what it was doing. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  private TimeLimit() {}

  /**
   * What {@code work} returns; a second after {@code limit} at the latest.
   *
   * @throws TimeoutException when it hangs even when interrupted
   * @throws InterruptedException when the caller is interrupted, and so is the work then
   */
  public static <T> T within(Duration limit, String name, Callable<T> work)
      throws TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    // Not virtual: to connect to a unix socket may block the carrier of all virtual threads.
    Thread thread = Thread.ofPlatform().daemon().name(name).start(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return late(task);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      thread.interrupt();
      throw e;
    }
  }

  private static <T> T late(FutureTask<T> task) throws TimeoutException, InterruptedException {
    try {
      return task.get(ENDING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
