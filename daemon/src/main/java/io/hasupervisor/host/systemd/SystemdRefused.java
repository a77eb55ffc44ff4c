package io.hasupervisor.host.systemd;

/** systemd answered with an error; the message is in its own words. */
public final class SystemdRefused extends Exception {
  private static final long serialVersionUID = 1;

  private final String error;

  /**
   * @param error D-Bus error name, such as {@code org.freedesktop.systemd1.NoSuchUnit}
   */
  public SystemdRefused(String error, String message) {
    super(message);
    this.error = error;
  }

  /** The unit is not loaded, so it does not run; or no file of that name exists. */
  public boolean noSuchUnit() {
    return error.equals("org.freedesktop.systemd1.NoSuchUnit");
  }

  /** The unit has no such process now. */
  public boolean noSuchProcess() {
    return error.equals("org.freedesktop.systemd1.NoSuchProcess");
  }
}
