package io.hasupervisor.host.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tinylog.configuration.Configuration;

/** Decides once, before the first log entry, where the log goes. */
public final class Logs {
  private Logs() {}

  /**
   * Structured entries where standard error is the journal's, else plain text on standard error.
   * Must be called before any other use of tinylog: later ones are refused.
   */
  public static void setUp() {
    Configuration.replace(configuration(System.getenv(), Path.of("/proc/self/fd/2")));
  }

  static Map<String, String> configuration(Map<String, String> environment, Path standardError) {
    Map<String, String> settings = new HashMap<>();
    settings.put("level", "info");
    // Requests in flight on a lost connection, dumps of traffic: what counts of it we say
    // ourselves.
    settings.put("level@org.freedesktop.dbus", "off");
    settings.put("level@com.github.dockerjava", "warn");
    settings.put("level@io.helidon", "warn");
    settings.put("level@io.netty", "warn");
    if (isJournal(environment, standardError)) {
      settings.put("writer", "journal");
    } else {
      settings.put("writer", "console");
      settings.put("writer.stream", "err");
      settings.put("writer.format", "{date:HH:mm:ss.SSS} {level|min-size=5} {message}");
    }
    return settings;
  }

  /** JOURNAL_STREAM names the journal's stream (systemd.exec(5)); it may have been redirected. */
  private static boolean isJournal(Map<String, String> environment, Path standardError) {
    try {
      Map<String, Object> file = Files.readAttributes(standardError, "unix:dev,ino");
      return (file.get("dev") + ":" + file.get("ino")).equals(environment.get("JOURNAL_STREAM"));
    } catch (IOException e) {
      return false;
    }
  }
}
