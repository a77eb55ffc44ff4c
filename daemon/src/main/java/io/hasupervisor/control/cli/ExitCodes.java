package io.hasupervisor.control.cli;

/** Exit codes, as listed by each command's help: {@code "code:meaning"}. */
final class ExitCodes {
  static final String DONE = "0:done";
  static final String REFUSED = "1:refused or failed";
  static final String USAGE = "2:wrong usage, or no such service or incident";
  static final String UNREACHABLE = "3:the daemon cannot be reached";
  static final String OK = "0:verdict OK";
  static final String ATTENTION = "4:verdict ATTENTION";
  static final String CRITICAL = "5:verdict CRITICAL";

  /** EX_CONFIG of sysexits(3). */
  static final String BAD_CONFIG = "78:the configuration is wrong";

  private ExitCodes() {}
}
