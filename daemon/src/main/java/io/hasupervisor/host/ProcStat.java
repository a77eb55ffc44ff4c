package io.hasupervisor.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One line of {@code /proc/PID/stat} (proc(5)).
 *
 * @param state R, S, D (uninterruptible), T (stopped), Z (zombie), X (dead) and others
 * @param session pid of the session's leader
 * @param startTicks start time in clock ticks since boot: with the pid it names one process for
 *     ever
 */
public record ProcStat(
    long pid, String name, char state, long parent, long session, long startTicks) {

  /** The process with this pid now; empty when there is none. */
  public static Optional<ProcStat> of(long pid) {
    try {
      return parse(
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The name may hold spaces and brackets: the fields begin after the last closing bracket. */
  static Optional<ProcStat> parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 1 || close < open) {
      return Optional.empty();
    }
    String[] fields = line.substring(close + 1).strip().split(" ", -1);
    if (fields.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new ProcStat(
            Long.parseLong(line.substring(0, open).strip()),
            line.substring(open + 1, close),
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19])));
  }

  /** Neither a zombie nor already being taken away. */
  public boolean alive() {
    return state != 'Z' && state != 'X' && state != 'x';
  }
}
