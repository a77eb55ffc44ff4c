package io.hasupervisor.host;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** The C library through jnr-posix, native or not at all. */
public final class Posix {
  private static final POSIX NATIVE = load();

  private Posix() {}

  /**
   * An interrupt while jffi unpacks and loads its library would spoil it for the rest of the
   * process.
   */
  private static POSIX load() {
    boolean interrupted = Thread.interrupted();
    try {
      POSIX posix = POSIXFactory.getNativePOSIX();
      int _ = posix.geteuid();
      return posix;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * The library. Call it once at start, from a thread that nobody interrupts: without native access
   * jnr-posix would only tell at the first signal.
   *
   * @throws IllegalStateException where native access is refused
   */
  public static POSIX get() {
    if (!NATIVE.isNative()) {
      throw new IllegalStateException(
          "jnr-posix cannot reach the C library: run java with --enable-native-access=ALL-UNNAMED,"
              + " and with -Djffi.boot.library.path at the directory of libjffi where the temporary"
              + " directory is mounted noexec");
    }
    return NATIVE;
  }
}
