package io.hasupervisor.host.systemd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Systemd itself rather than one of its units. */
public interface SystemdManager {

  /**
   * Its version as it names it, such as {@code 252.38-1~deb12u1} or {@code systemd 219}.
   *
   * @throws SystemdUnavailable when it cannot be asked
   */
  String version() throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /**
   * Reads all unit files anew, as {@code systemctl daemon-reload} does; returns when it is done.
   */
  void reload() throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /** The number in a version, which is all that features depend on; 0 where there is none. */
  static int number(String version) {
    Matcher digits = Pattern.compile("\\d{1,6}").matcher(version);
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }
}
