package io.hasupervisor.host;

import jnr.constants.platform.Signal;
import jnr.posix.util.SunMiscSignal;

/**
 * Signals sent to this process.
 *
 * <p>Handled by the JVM's own dispatcher thread, not by {@code POSIX.signal}: that would enter Java
 * from within the signal handler, where almost nothing may be called.
 */
public final class OsSignals {
  private OsSignals() {}

  /**
   * Runs {@code action} in a thread of the JVM whenever {@code signal} comes, instead of the
   * default (for TERM and HUP: exit).
   */
  public static void on(Signal signal, Runnable action) {
    SunMiscSignal.signal(signal, _ -> action.run());
  }
}
