package io.hasupervisor.observe;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Looks at files again and again, one look at a time and none in a virtual thread: while a disk
 * hangs, no further thread hangs with it, and no carrier of virtual threads.
 */
public final class OneLook {
  private final Semaphore free = new Semaphore(1);
  private final String name;

  /**
   * @param name of its threads
   */
  public OneLook(String name) {
    this.name = name;
  }

  /**
   * What {@code work} finds, once the look before it has ended. Whoever is interrupted leaves the
   * look behind.
   */
  public <T> T at(Callable<T> work) throws InterruptedException {
    free.acquire();
    FutureTask<T> look =
        new FutureTask<>(
            () -> {
              try {
                return work.call();
              } finally {
                free.release();
              }
            });
    Thread _ = Thread.ofPlatform().daemon().name(name).start(look);
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
