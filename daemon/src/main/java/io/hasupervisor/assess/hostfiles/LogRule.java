package io.hasupervisor.assess.hostfiles;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.observe.hostfiles.LogSeen;
import io.hasupervisor.yaml.Quote;
import java.util.List;
import java.util.Optional;

/**
 * Whether log files are files: of what is absent docker makes a directory, and the container then
 * ends at once (kubernetes#16888).
 */
public final class LogRule {
  private LogRule() {}

  /** One finding for each log that is no regular file. */
  public static List<Finding> findings(List<LogSeen> logs) {
    return logs.stream().flatMap(log -> finding(log).stream()).toList();
  }

  private static Optional<Finding> finding(LogSeen log) {
    String path = log.entry().path().toString();
    String word = Quote.word(path);
    String made = "install -m 0640 /dev/null " + word;
    String wanted = path + ", the log of " + log.manifest() + ", is " + log.entry().what();
    return switch (log.entry().kind()) {
      case FILE -> Optional.empty();
      case ABSENT ->
          Optional.of(
              Finding.of(
                  "LOG_ABSENT",
                  ADVICE,
                  path,
                  wanted + ": docker would make a directory of it",
                  "ha-supervisor host prepare, or simply place the manifests"));
      case EMPTY_DIRECTORY ->
          critical(
              "LOG_IS_DIRECTORY",
              path,
              wanted + ", which docker makes where there is no file: the container cannot start",
              "rmdir " + word + " && " + made);
      case DIRECTORY ->
          critical(
              "LOG_IS_DIRECTORY",
              path,
              wanted + " with something in it: the container cannot start",
              "look into it, then: mv " + word + " " + Quote.word(path + ".old") + " && " + made);
      case LINK, SPECIAL ->
          critical(
              "LOG_IS_NO_FILE",
              path,
              wanted + ": a container writing there would write elsewhere, or wait for ever",
              "mv " + word + " " + Quote.word(path + ".old") + " && " + made);
      case UNKNOWN -> critical("LOG_UNKNOWN", path, wanted, "ls -ld " + word);
    };
  }

  private static Optional<Finding> critical(String code, String path, String text, String cure) {
    return Optional.of(Finding.of(code, CRITICAL, path, text, cure));
  }
}
