package io.hasupervisor.host;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** The C library through jnr-posix, native or not at all. */
public final class Posix {
  private static final POSIX NATIVE = POSIXFactory.getNativePOSIX();

  private Posix() {}

  /**
   * The library. Call it once at start: without native access jnr-posix would only tell at the
   * first signal.
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
