package io.hasupervisor.control;

/**
 * The daemon's answer.
 *
 * @param exit exit code of the command: 0 done, 1 refused or failed, 2 unknown name; a verdict or
 *     {@link #NO} where the request asks for that
 * @param body a sentence for people, or JSON where the request asks for data
 */
public record Reply(int exit, String body) {
  /**
   * A clear no to {@link Request.MayStart}: EX_TEMPFAIL of sysexits(3). Not 1, with which Java ends
   * as well when it cannot start.
   */
  public static final int NO = 75;

  /** It was done. */
  public static Reply done(String body) {
    return new Reply(0, body);
  }

  /** It was refused, with the reason and the way out. */
  public static Reply refused(String body) {
    return new Reply(1, body);
  }

  /** There is no such thing. */
  public static Reply unknown(String body) {
    return new Reply(2, body);
  }
}
