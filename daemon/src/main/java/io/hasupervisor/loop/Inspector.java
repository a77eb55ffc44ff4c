package io.hasupervisor.loop;

import io.hasupervisor.observe.FileChanges;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/** Carries out one inspection in a thread of its own: at its start, on change and now and then. */
final class Inspector implements AutoCloseable {
  private static final Duration FILES_EVERY = Duration.ofSeconds(5);

  private final Inspection inspection;
  private final Inbox inbox;
  private final FileChanges files;
  private final Semaphore wanted = new Semaphore(1);
  private final Thread thread;

  Inspector(Inspection inspection, Inbox inbox) {
    this.inspection = inspection;
    this.inbox = inbox;
    this.files = new FileChanges(inspection.watched(), FILES_EVERY, _ -> look());
    // Not virtual: opening a file may block the carrier of all virtual threads.
    this.thread =
        Thread.ofPlatform().daemon().name("inspect " + inspection.area()).unstarted(this::run);
  }

  void start() {
    files.start();
    thread.start();
  }

  /** Looks soon; from any thread. */
  void look() {
    wanted.release();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean _ = wanted.tryAcquire(inspection.every().toNanos(), TimeUnit.NANOSECONDS);
        wanted.drainPermits();
        inspect();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void inspect() {
    try {
      inbox.post(new Message.Inspected(inspection.area(), inspection.look().get()));
    } catch (RuntimeException e) {
      Logger.error(e, "the inspection of {} failed by a bug: its findings stay", inspection.area());
    }
  }

  @Override
  public void close() {
    files.close();
    thread.interrupt();
  }
}
