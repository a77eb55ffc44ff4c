package io.hasupervisor.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The variables given to programs that this daemon starts: the few that every program needs, and
 * none that the service manager meant for this daemon alone (NOTIFY_SOCKET, WATCHDOG_USEC,
 * JOURNAL_STREAM).
 */
public final class ChildEnvironment {
  /** Where programs are sought when this daemon itself was given no PATH. */
  public static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final List<String> PASSED_ON =
      List.of("HOME", "LANG", "LOGNAME", "PATH", "TZ", "USER");

  private ChildEnvironment() {}

  /** Those variables and {@code added}, which win. */
  public static Map<String, String> with(Map<String, String> added) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", DEFAULT_PATH);
    PASSED_ON.forEach(
        key -> Optional.ofNullable(System.getenv(key)).ifPresent(own -> environment.put(key, own)));
    environment.putAll(added);
    return environment;
  }
}
