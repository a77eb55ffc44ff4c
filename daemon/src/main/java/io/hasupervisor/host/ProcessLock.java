package io.hasupervisor.host;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file that one holder has at a time, be it another process or another thread of this
 * one. It is the kernel's and ends with its holder, also by kill -9; the file that remains says
 * nothing.
 */
public final class ProcessLock implements AutoCloseable {
  private static final int PID_BYTES = 20;
  private static final long PAUSE_MILLIS = 20;

  /**
   * Taken within this process. The kernel's lock is the process's: closing any other descriptor of
   * the file would end it.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel file;

  private ProcessLock(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /** Somebody else has it. */
  public static final class Held extends IOException {
    private static final long serialVersionUID = 1;
    private final String holder;

    private Held(Path file, String holder) {
      super(file + " is held by another ha-supervisor, pid " + holder);
      this.holder = holder;
    }

    /** The holder's pid, or {@code unknown}. */
    public String holder() {
      return holder;
    }
  }

  /**
   * Takes the lock.
   *
   * @param file made where it is missing, with mode 0600
   * @param wait for the present holder
   * @throws Held when it is still taken then
   * @throws IOException when the file cannot be made, is a link or belongs to somebody else
   */
  public static ProcessLock take(Path file, Duration wait) throws IOException {
    Path path = file.toAbsolutePath().normalize();
    long start = System.nanoTime();
    while (true) {
      try {
        return take(path);
      } catch (Held e) {
        if (System.nanoTime() - start >= wait.toNanos()) {
          throw e;
        }
        pause();
      }
    }
  }

  private static ProcessLock take(Path path) throws IOException {
    if (!OURS.add(path)) {
      throw new Held(path, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      return new ProcessLock(path, locked(path));
    } catch (IOException | RuntimeException e) {
      OURS.remove(path);
      throw e;
    }
  }

  private static FileChannel locked(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      // In /run/lock everybody may make files.
      int owner = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner != Identity.user()) {
        throw new IOException(path + " belongs to user " + owner + ": remove it");
      }
      if (file.tryLock() == null) {
        throw new Held(path, holder(file));
      }
      file.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String holder(FileChannel file) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(PID_BYTES);
    file.read(pid, 0);
    String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
    return text.matches("[0-9]+") ? text : "unknown";
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lock");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      OURS.remove(path);
    }
  }
}
