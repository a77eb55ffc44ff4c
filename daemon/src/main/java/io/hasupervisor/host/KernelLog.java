package io.hasupervisor.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the kernel has said since it was started, as {@code /dev/kmsg} gives it: each record once,
 * oldest first. Safe for threads.
 */
public final class KernelLog {
  private static final int EPIPE = 32;

  /** The kernel gives one record at a time, and none is longer. */
  private static final int RECORD = 8192;

  /** Of one look; the rest comes with the next. */
  private static final int MOST_READ = 20_000;

  private static final int MOST_KEPT = 200;

  private static final MethodHandle READ =
      Libc.call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

  private final Path device;
  private final Predicate<Entry> wanted;
  private final Deque<Entry> kept = new ArrayDeque<>();
  private int fd = -1;

  /**
   * The newest records that are wanted are kept, as many as a person can read.
   *
   * @param device mostly {@code /dev/kmsg}
   */
  public KernelLog(Path device, Predicate<Entry> wanted) {
    this.device = device;
    this.wanted = wanted;
  }

  /**
   * One record.
   *
   * @param level of syslog, 0 to 7; lower is worse
   * @param at monotonic time
   */
  public record Entry(int level, Duration at, String text) {

    /**
     * From {@code prefix,sequence,microseconds,flags;text}; empty for what is not the kernel's own
     * word: programs write there too.
     */
    static Optional<Entry> parse(String record) {
      int semicolon = record.indexOf(';');
      String[] prefix = record.substring(0, Math.max(0, semicolon)).split(",", -1);
      if (prefix.length < 4) {
        return Optional.empty();
      }
      try {
        int priority = Integer.parseInt(prefix[0]);
        Duration at = Duration.ofNanos(Math.multiplyExact(Long.parseLong(prefix[2]), 1000));
        // Lines after the first one are the record's properties.
        String text = record.substring(semicolon + 1).lines().findFirst().orElse("");
        return priority >>> 3 == 0
            ? Optional.of(new Entry(priority & 7, at, text))
            : Optional.empty();
      } catch (NumberFormatException | ArithmeticException e) {
        return Optional.empty();
      }
    }
  }

  /** Those kept, oldest first; never waits. None where the log may not be read. */
  public synchronized List<Entry> entries() {
    if (fd < 0) {
      fd = Libc.openRead(device, Libc.O_NONBLOCK | Libc.O_CLOEXEC);
    }
    if (fd >= 0) {
      read();
    }
    return List.copyOf(kept);
  }

  /** The descriptor stays open: it remembers what has been read. */
  private void read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment buffer = arena.allocate(RECORD);
      for (int i = 0; i < MOST_READ; i++) {
        long length = (long) READ.invokeExact(state, fd, buffer, (long) RECORD);
        int error = length < 0 ? Libc.errno(state) : 0;
        // EPIPE: records were overwritten before they were read; the next one is there.
        if (length == 0 || (error != 0 && error != Libc.EINTR && error != EPIPE)) {
          return;
        }
        if (length > 0) {
          keep(buffer.asSlice(0, length).toArray(JAVA_BYTE));
        }
      }
    } catch (Throwable e) {
      throw new IllegalStateException("read " + device, e);
    }
  }

  private void keep(byte[] record) {
    Entry.parse(new String(record, StandardCharsets.UTF_8))
        .filter(wanted)
        .ifPresent(
            entry -> {
              kept.addLast(entry);
              if (kept.size() > MOST_KEPT) {
                kept.removeFirst();
              }
            });
  }
}
