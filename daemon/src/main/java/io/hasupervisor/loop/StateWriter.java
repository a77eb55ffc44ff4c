package io.hasupervisor.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes the newest memory in a thread of its own, so that a slow disk never delays the loop. What
 * could not be written is tried again at the next change, and every {@link #RETRY} without one.
 *
 * @param <M> what is remembered
 */
public final class StateWriter<M extends Remembered<M>> implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

  private final Function<M, Optional<String>> save;
  private final Consumer<Optional<String>> problems;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock.
  private Optional<M> pending = Optional.empty();
  private M newest;
  private boolean due;
  private boolean writing;
  private boolean closed;
  private long failures;

  /**
   * A writer that has not been started.
   *
   * @param known what the file holds already
   * @param problems told from the writer's thread when the disk's answer changes: a sentence, or
   *     empty when it works again
   */
  public StateWriter(StateFile<M> file, M known, Consumer<Optional<String>> problems) {
    this(file::save, known, problems);
  }

  StateWriter(Function<M, Optional<String>> save, M known, Consumer<Optional<String>> problems) {
    this.save = save;
    this.newest = known;
    this.problems = problems;
    // Not virtual: a sync that hangs would hold up the carrier of all virtual threads.
    this.thread = Thread.ofPlatform().daemon().name("state-writer").unstarted(this::run);
  }

  /** Starts the thread, once. */
  public void start() {
    thread.start();
  }

  /** Hands over the newest memory; returns at once. Writes only what differs from the last. */
  public void submit(M memory) {
    lock.lock();
    try {
      if (memory.differsFrom(newest)) {
        newest = memory;
        pending = Optional.of(memory);
        due = true;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything submitted is on disk or could not be written.
   *
   * @return whether it is on disk
   */
  public boolean flush(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      long before = failures;
      due = true;
      changed.signalAll();
      while ((pending.isPresent() || writing) && failures == before && left > 0) {
        left = changed.awaitNanos(left);
      }
      return pending.isEmpty() && !writing;
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is pending, for two seconds at most, and ends the thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.getState() != Thread.State.NEW) {
        thread.join(PATIENCE_AT_CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Optional<String> told = Optional.empty();
    try {
      for (Optional<M> next = take(); next.isPresent(); next = take()) {
        Optional<String> problem = save.apply(next.get());
        if (!problem.equals(told)) {
          problems.accept(problem);
          told = problem;
        }
        done(next.get(), problem.isPresent());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next memory to write; empty when closed and nothing is left. */
  private Optional<M> take() throws InterruptedException {
    lock.lock();
    try {
      long left = RETRY.toNanos();
      while (!closed && (pending.isEmpty() || (!due && left > 0))) {
        if (pending.isEmpty()) {
          changed.await();
        } else {
          left = changed.awaitNanos(left);
        }
      }
      Optional<M> next = pending;
      pending = Optional.empty();
      writing = next.isPresent();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void done(M memory, boolean failed) {
    lock.lock();
    try {
      writing = false;
      if (failed) {
        failures++;
        due = pending.isPresent();
        pending = closed ? Optional.empty() : pending.or(() -> Optional.of(memory));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
