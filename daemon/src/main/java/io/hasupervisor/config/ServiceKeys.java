package io.hasupervisor.config;

import io.hasupervisor.config.DaemonKeys.Mode;
import io.hasupervisor.yaml.Value.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of one service. */
final class ServiceKeys {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** How it is started and stopped. */
  enum Kind {
    SYSTEMD,
    SCRIPT,
    EXEC
  }

  static final Key<Kind> KIND = Key.mandatory("kind", Words.choice(Kind.class), Kind.SYSTEMD);
  static final Key<Boolean> ENABLED = Key.of("enabled", Words.TRUTH, true);
  static final Key<Mode> MODE = Key.of("mode", Words.choice(Mode.class), Mode.ACT);

  static final Key<Optional<String>> UNIT =
      Key.of(
              "unit",
              Words.matching(
                      Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1,247}(?<!@)\\.service"),
                      "the full name of a service unit, such as docker.service")
                  .where(
                      unit -> !unit.equals("ha-supervisor.service"),
                      "must not be this daemon itself")
                  .orNone(),
              Optional.<String>empty())
          .onlyFor("systemd");

  static final Key<List<String>> START =
      Key.mandatory("start", Words.COMMAND, List.of("/")).onlyFor("script");
  static final Key<List<String>> STOP =
      Key.mandatory("stop", Words.COMMAND, List.of("/")).onlyFor("script");
  static final Key<Path> PIDFILE =
      Key.mandatory("pidfile", Words.ABSOLUTE, Path.of("/")).onlyFor("script");
  static final Key<Duration> START_LIMIT =
      Key.of("start-limit", Amounts.duration(SECOND), Duration.ofSeconds(30)).onlyFor("script");
  static final Key<Duration> PIDFILE_GRACE =
      Key.of("pidfile-grace", Amounts.duration(Duration.ZERO), Duration.ofSeconds(10))
          .onlyFor("script");

  static final Key<List<String>> COMMAND =
      Key.mandatory("command", Words.COMMAND, List.of("/")).onlyFor("exec");
  static final Key<Table> ENVIRONMENT =
      Key.table(
              "environment",
              new Named(
                  "variable",
                  Pattern.compile("[A-Za-z_][A-Za-z0-9_]*"),
                  "a name of letters, digits and underscores",
                  Words.ANY))
          .onlyFor("exec");
  static final Key<Optional<Path>> DIRECTORY =
      Key.of("directory", Words.PATH.orNone(), Optional.<Path>empty()).onlyFor("exec");
  static final Key<Optional<Path>> LOG =
      Key.of("log", Words.PATH.orNone(), Optional.<Path>empty()).onlyFor("exec");

  static final Key<List<String>> DEPENDS_ON = Key.of("depends-on", Words.ANY.set(), List.of());
  static final Key<Duration> START_GRACE =
      Key.of("start-grace", Amounts.duration(SECOND), Duration.ofMinutes(2));
  static final Key<List<Integer>> CONFIG_EXIT_CODES =
      Key.of("config-exit-codes", Amounts.whole(1, 255).set(), List.of());
  static final Key<List<Path>> WATCH_FILES = Key.of("watch-files", Words.ABSOLUTE.set(), List.of());

  static final Key<Table> CRASH = Key.table("crash", PolicyKeys.CRASH_SHAPE);
  static final Key<Table> KILL = Key.table("kill", PolicyKeys.KILL_SHAPE);
  static final Key<Table> EVIDENCE = Key.table("evidence", EvidenceKeys.SHAPE);
  static final Key<Table> PROBES =
      Key.table(
          "probes",
          new Named(
              "probe",
              Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
              "a name of at most 64 letters, digits, dots, hyphens and underscores",
              ProbeKeys.SHAPE));

  static final Shape SHAPE =
      Shape.of(
              ENABLED,
              KIND,
              MODE,
              UNIT,
              START,
              STOP,
              PIDFILE,
              START_LIMIT,
              PIDFILE_GRACE,
              COMMAND,
              ENVIRONMENT,
              DIRECTORY,
              LOG,
              DEPENDS_ON,
              START_GRACE,
              CONFIG_EXIT_CODES,
              WATCH_FILES,
              CRASH,
              KILL,
              EVIDENCE,
              PROBES)
          .by(KIND);

  private ServiceKeys() {}
}
