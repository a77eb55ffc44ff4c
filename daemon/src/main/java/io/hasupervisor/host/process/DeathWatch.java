package io.hasupervisor.host.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.hasupervisor.host.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tinylog.Logger;

/**
 * Knows of the death of any process, ours or not, within a millisecond: one thread in one poll(2)
 * over all pidfds. Idle it costs nothing.
 *
 * <p>Only that thread closes descriptors, for the kernel gives the number of a closed one to the
 * next file opened.
 */
public final class DeathWatch implements AutoCloseable {
  private final Map<Integer, Runnable> watched = new ConcurrentHashMap<>();
  private final Queue<Integer> unwanted = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean complained = new AtomicBoolean();
  private final int wakeUp;
  private volatile boolean closed;

  private DeathWatch(int wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Starts the thread, watching nothing yet. */
  public static DeathWatch start() {
    int eventfd = Libc.eventfd();
    if (eventfd < 0) {
      throw new IllegalStateException("no descriptor left for the death watch: errno " + -eventfd);
    }
    DeathWatch watch = new DeathWatch(eventfd);
    Thread.ofPlatform().daemon().name("death-watch").start(watch::run);
    return watch;
  }

  /** Ends one process' watch; the process is left alone. */
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Calls {@code died} once when this process ends, zombies included: from the watch's own thread,
   * or before this method returns when it has ended already. {@code died} must be quick. Where the
   * kernel has no pidfds (before 5.3), or no descriptor is left, it is never called: the caller's
   * slow poll must do.
   */
  public Watch watch(ProcessId process, Runnable died) {
    int pidfd = process.pid() > 0 ? Libc.pidfdOpen(process.pid()) : -Libc.ESRCH;
    if (pidfd < 0) {
      return notWatched(process, -pidfd, died);
    }
    // Only now: between a look and the open the pid could have passed on to another process.
    if (process.stat().isEmpty()) {
      Libc.close(pidfd);
      died.run();
      return () -> {};
    }
    watched.put(pidfd, died);
    Libc.raise(wakeUp);
    return () -> stop(pidfd, died);
  }

  private Watch notWatched(ProcessId process, int errno, Runnable died) {
    if (errno == Libc.ESRCH || errno == Libc.EINVAL) {
      died.run();
    } else if (complained.compareAndSet(false, true)) {
      Logger.warn(
          "deaths are noticed only by slow polling: pidfd_open of {} failed ({})",
          process,
          errno == Libc.ENOSYS ? "this kernel is older than 5.3" : "errno " + errno);
    }
    return () -> {};
  }

  private void stop(int pidfd, Runnable died) {
    if (watched.remove(pidfd, died)) {
      unwanted.add(pidfd);
      Libc.raise(wakeUp);
    }
  }

  private void run() {
    while (!closed) {
      List<Integer> pidfds = new ArrayList<>(watched.keySet());
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment pollfds = arena.allocate((long) Libc.POLLFD_BYTES * (pidfds.size() + 1), 4);
        ask(pollfds, 0, wakeUp);
        for (int i = 0; i < pidfds.size(); i++) {
          ask(pollfds, i + 1, pidfds.get(i));
        }
        int ready = Libc.poll(pollfds, pidfds.size() + 1L);
        if (ready < 0 && ready != -Libc.EINTR) {
          throw new IllegalStateException("poll over pidfds failed: errno " + -ready);
        }
        for (int i = 0; ready > 0 && i < pidfds.size(); i++) {
          if (answered(pollfds, i + 1)) {
            died(pidfds.get(i));
          }
        }
        if (ready > 0 && answered(pollfds, 0)) {
          Libc.lower(wakeUp);
        }
      }
      for (Integer pidfd = unwanted.poll(); pidfd != null; pidfd = unwanted.poll()) {
        Libc.close(pidfd);
      }
    }
    // The eventfd stays open: a watch closed late must not write to somebody else's file.
    watched.keySet().forEach(Libc::close);
  }

  private void died(int pidfd) {
    Runnable callback = watched.remove(pidfd);
    if (callback == null) {
      return;
    }
    Libc.close(pidfd);
    try {
      callback.run();
    } catch (RuntimeException e) {
      Logger.error(e, "the answer to a death failed");
    }
  }

  private static void ask(MemorySegment pollfds, int index, int fd) {
    pollfds.setAtIndex(JAVA_INT, index * 2L, fd);
    pollfds.setAtIndex(JAVA_SHORT, index * 4L + 2, Libc.POLLIN);
  }

  private static boolean answered(MemorySegment pollfds, int index) {
    return pollfds.getAtIndex(JAVA_SHORT, index * 4L + 3) != 0;
  }

  /** Ends all watches. */
  @Override
  public void close() {
    closed = true;
    Libc.raise(wakeUp);
  }
}
