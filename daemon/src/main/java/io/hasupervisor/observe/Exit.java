package io.hasupervisor.observe;

/**
 * How a life ended, as far as the host can tell.
 *
 * @param value exit code for {@link Kind#EXITED}, signal number for {@link Kind#SIGNALED}, else 0
 * @param detail the init system's or the operating system's own words; may be empty
 */
public record Exit(Kind kind, int value, String detail) {

  /** Kinds of end. */
  public enum Kind {
    /** The process ended by itself with an exit code; 0 counts as a death too. */
    EXITED,
    /** A signal ended it. */
    SIGNALED,
    /** Stopped through the init system, by somebody other than this daemon. */
    STOPPED_OUTSIDE,
    /** The init system refuses further starts (systemd's start-limit-hit). */
    START_LIMIT,
    /** A start was tried and failed; the detail says how. */
    START_FAILED,
    /** Gone, and nobody recorded how. */
    UNKNOWN
  }

  /** An end that nobody recorded. */
  public static Exit unknown(String detail) {
    return new Exit(Kind.UNKNOWN, 0, detail);
  }

  /** A start that failed before there was a process to watch. */
  public static Exit startFailed(String detail) {
    return new Exit(Kind.START_FAILED, 0, detail);
  }
}
