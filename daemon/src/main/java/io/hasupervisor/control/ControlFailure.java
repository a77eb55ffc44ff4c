package io.hasupervisor.control;

/** No reply could be had; the message says why and what to do. */
public final class ControlFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exit;

  ControlFailure(int exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** Exit code of the command: 1 no permission, 3 not reachable. */
  public int exit() {
    return exit;
  }

  /** The message, which is never absent. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
