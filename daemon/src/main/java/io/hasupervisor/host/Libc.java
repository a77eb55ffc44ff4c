package io.hasupervisor.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The calls of the C library that neither the JDK nor jnr-posix has. Where a call can fail it
 * returns the kernel's way: a value of zero or more, or the negated errno.
 */
public final class Libc {
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EINVAL = 22;
  public static final int ENOSYS = 38;

  /** A {@code struct pollfd}: int fd, short events, short revents. */
  public static final int POLLFD_BYTES = 8;

  public static final short POLLIN = 1;

  private static final int CLOCK_MONOTONIC = 1;
  private static final int CLOCK_BOOTTIME = 7;

  // The same on every architecture: system calls since 5.1 share one numbering.
  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;

  private static final int O_WRONLY = 1;
  private static final int O_CREAT = 0100;
  private static final int O_APPEND = 02000;
  static final int O_NONBLOCK = 04000;
  private static final int O_NOFOLLOW = nofollow();
  static final int O_CLOEXEC = 02000000;
  private static final int EFD_CLOEXEC = O_CLOEXEC;

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle CLOCK_GETTIME =
      call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD =
      call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle EVENTFD_READ =
      call("eventfd_read", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EVENTFD_WRITE =
      call("eventfd_write", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle OPEN =
      call(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle POLL =
      call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SYSCALL =
      call(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));

  private Libc() {}

  /** CLOCK_MONOTONIC. */
  public static Duration monotonic() {
    return clock(CLOCK_MONOTONIC);
  }

  /** CLOCK_BOOTTIME: as CLOCK_MONOTONIC, and suspends count. */
  public static Duration sinceBoot() {
    return clock(CLOCK_BOOTTIME);
  }

  /** A descriptor that stands for the process with this pid now and for no later one. */
  public static int pidfdOpen(long pid) {
    return (int) syscall(PIDFD_OPEN, pid, 0);
  }

  /** Signals the process a pidfd stands for; ESRCH once it has been reaped. */
  public static int pidfdSendSignal(int pidfd, int signal) {
    return (int) syscall(PIDFD_SEND_SIGNAL, pidfd, signal);
  }

  /** A counter that {@link #poll} can wait for. */
  public static int eventfd() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      return result((int) EVENTFD.invokeExact(state, 0, EFD_CLOEXEC), state);
    } catch (Throwable e) {
      throw new IllegalStateException("eventfd", e);
    }
  }

  /** Makes the eventfd readable. */
  public static void raise(int eventfd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int _ = (int) EVENTFD_WRITE.invokeExact(state, eventfd, 1L);
    } catch (Throwable e) {
      throw new IllegalStateException("eventfd_write", e);
    }
  }

  /** Makes the eventfd unreadable again; blocks until it is readable. */
  public static void lower(int eventfd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int _ = (int) EVENTFD_READ.invokeExact(state, eventfd, arena.allocate(JAVA_LONG));
    } catch (Throwable e) {
      throw new IllegalStateException("eventfd_read", e);
    }
  }

  /** Waits without limit until one of {@code count} descriptors is ready; not interruptible. */
  public static int poll(MemorySegment pollfds, long count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      return result((int) POLL.invokeExact(state, pollfds, count, -1), state);
    } catch (Throwable e) {
      throw new IllegalStateException("poll", e);
    }
  }

  /**
   * Opens for appending, creating with {@code mode}; never follows a link in the last name and
   * never waits for a reader of a pipe.
   */
  public static int openAppend(Path path, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment name = arena.allocateFrom(path.toString());
      int flags = O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC;
      return result((int) OPEN.invokeExact(state, name, flags, mode), state);
    } catch (Throwable e) {
      throw new IllegalStateException("open", e);
    }
  }

  /** Opens for reading with these flags more. */
  static int openRead(Path path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment name = arena.allocateFrom(path.toString());
      return result((int) OPEN.invokeExact(state, name, flags, 0), state);
    } catch (Throwable e) {
      throw new IllegalStateException("open", e);
    }
  }

  /** Closes a descriptor. */
  public static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int _ = (int) CLOSE.invokeExact(state, fd);
    } catch (Throwable e) {
      throw new IllegalStateException("close", e);
    }
  }

  private static Duration clock(int id) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment time = arena.allocate(JAVA_LONG, 2);
      if ((int) CLOCK_GETTIME.invokeExact(state, id, time) != 0) {
        throw new IllegalStateException("clock_gettime refuses clock " + id);
      }
      return Duration.ofSeconds(time.getAtIndex(JAVA_LONG, 0), time.getAtIndex(JAVA_LONG, 1));
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime", e);
    }
  }

  private static long syscall(long number, long first, long second) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      long value = (long) SYSCALL.invokeExact(state, number, first, second, 0L, 0L);
      return value >= 0 ? value : -errno(state);
    } catch (Throwable e) {
      throw new IllegalStateException("syscall " + number, e);
    }
  }

  private static int result(int value, MemorySegment state) {
    return value >= 0 ? value : -errno(state);
  }

  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /** ARM and PowerPC number this flag otherwise. */
  private static int nofollow() {
    return switch (System.getProperty("os.arch", "")) {
      case "aarch64", "arm", "ppc64", "ppc64le" -> 0100000;
      default -> 0400000;
    };
  }

  /** A function that takes a segment for errno first. */
  @SuppressWarnings("restricted")
  static MethodHandle call(String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker linker = Linker.nativeLinker();
    Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
    options[more.length] = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
  }
}
