package io.hasupervisor.loop;

import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Asks round after round in a thread of its own. The next round begins once the loop has judged the
 * last one, so that none pile up where the loop is slow; one that hangs is followed by none.
 */
final class RoundWatch implements AutoCloseable {
  private final String name;
  private final Asking asking;
  private final Clock clock;
  private final Inbox inbox;
  private final Supplier<Optional<Message>> recall;
  private final Duration afterBug;
  private final BlockingQueue<Duration> judged = new ArrayBlockingQueue<>(1);
  private final Semaphore wanted = new Semaphore(0);
  // Not virtual: reading the memory may block the carrier of all virtual threads.
  private final Thread thread;

  /** What is asked in each round. */
  interface Asking extends AutoCloseable {
    /** One round: what the loop is told of it. */
    Message look() throws InterruptedException;

    @Override
    void close();
  }

  /**
   * A watch that has not been started.
   *
   * @param name of its thread, and in the log
   * @param recall reads what is remembered, which is posted before the first round
   * @param afterBug time to the next round after one that failed by a bug
   */
  RoundWatch(
      String name,
      Asking asking,
      Clock clock,
      Inbox inbox,
      Supplier<Optional<Message>> recall,
      Duration afterBug) {
    this.name = name;
    this.asking = asking;
    this.clock = clock;
    this.inbox = inbox;
    this.recall = recall;
    this.afterBug = afterBug;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * The loop turns, and has judged the last round: the next one is to begin so long after the last
   * one began.
   */
  void judged(Duration next) {
    boolean _ = judged.offer(next);
  }

  /** Begins the next round as soon as it can; from any thread. */
  void look() {
    wanted.release();
  }

  boolean alive() {
    return thread.isAlive();
  }

  private void run() {
    try {
      recall.get().ifPresent(inbox::post);
      // The many classes of what asks are loaded once the loop turns, lest they delay its start.
      judged.take();
      while (!Thread.currentThread().isInterrupted()) {
        Duration begun = clock.now();
        wanted.drainPermits();
        Duration next = looked() ? judged.take() : afterBug;
        long pause = next.minus(clock.now().minus(begun)).toNanos();
        boolean _ = wanted.tryAcquire(Math.max(0, pause), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a round was posted, so that the loop will answer. */
  private boolean looked() throws InterruptedException {
    try {
      inbox.post(asking.look());
      return true;
    } catch (RuntimeException e) {
      Logger.error(e, "a round of questions ({}) failed by a bug", name);
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    asking.close();
  }
}
