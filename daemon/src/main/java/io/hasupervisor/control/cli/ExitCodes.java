package io.hasupervisor.control.cli;

/** Exit codes, as listed by each command's help: {@code "code:meaning"}. */
public final class ExitCodes {
  public static final String DONE = "0:done";
  public static final String REFUSED = "1:refused or failed";
  public static final String USAGE = "2:wrong usage, or no such service or incident";
  public static final String UNREACHABLE = "3:the daemon cannot be reached";
  public static final String OK = "0:verdict OK";
  public static final String ATTENTION = "4:verdict ATTENTION";
  public static final String CRITICAL = "5:verdict CRITICAL";

  /** EX_CONFIG of sysexits(3). */
  public static final String BAD_CONFIG = "78:the configuration is wrong";

  private ExitCodes() {}
}
