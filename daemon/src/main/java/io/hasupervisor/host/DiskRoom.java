package io.hasupervisor.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is left of a file system (statvfs(3)); the JDK knows nothing of inodes.
 *
 * @param usable bytes that anybody may still write
 * @param inodes 0 where the file system makes them as they are needed
 */
public record DiskRoom(long usable, long total, long freeInodes, long inodes) {
  // struct statvfs where a long has 64 bits: bsize, frsize, blocks, bfree, bavail, files, ffree, …
  private static final int BYTES = 256;
  private static final int FRSIZE = 1;
  private static final int BLOCKS = 2;
  private static final int BAVAIL = 4;
  private static final int FILES = 5;
  private static final int FFREE = 6;

  private static final MethodHandle STATVFS =
      Libc.call("statvfs", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  /** That of the file system a path is on; empty where it cannot be told. */
  public static Optional<DiskRoom> of(Path path) {
    if (ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment stat = arena.allocate(BYTES, Long.BYTES);
      MemorySegment name = arena.allocateFrom(path.toString());
      if ((int) STATVFS.invokeExact(state, name, stat) != 0) {
        return Optional.empty();
      }
      long block = stat.getAtIndex(JAVA_LONG, FRSIZE);
      return Optional.of(
          new DiskRoom(
              stat.getAtIndex(JAVA_LONG, BAVAIL) * block,
              stat.getAtIndex(JAVA_LONG, BLOCKS) * block,
              stat.getAtIndex(JAVA_LONG, FFREE),
              stat.getAtIndex(JAVA_LONG, FILES)));
    } catch (Throwable e) {
      throw new IllegalStateException("statvfs", e);
    }
  }
}
