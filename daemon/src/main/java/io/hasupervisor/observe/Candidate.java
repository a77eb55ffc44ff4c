package io.hasupervisor.observe;

import io.hasupervisor.host.ProcStat;
import io.hasupervisor.host.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A living process that a pidfile names.
 *
 * @param writtenAt monotonic time at which the file was written, by the wall clock of now
 * @param startedAt monotonic time at which the process started
 * @param name the kernel's short name of what it runs
 * @param executable path of the file it runs; empty where we may not know
 */
record Candidate(
    ProcessId id,
    Pidfile.Content content,
    Duration writtenAt,
    Duration startedAt,
    String name,
    String executable) {

  static Candidate of(ProcStat stat, Pidfile.Content content, Duration writtenAt) {
    ProcessId id = ProcessId.of(stat);
    return new Candidate(
        id, content, writtenAt, id.startedAt(), stat.name(), executable(stat.pid()));
  }

  /** An upgrade leaves the old executable behind as deleted; it is still the same program. */
  private static String executable(long pid) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "exe"))
          .toString()
          .replace(" (deleted)", "");
    } catch (IOException e) {
      return "";
    }
  }

  boolean sameProgram(Candidate other) {
    return name.equals(other.name)
        || (!executable.isEmpty() && executable.equals(other.executable));
  }

  Incarnation incarnation() {
    return new Incarnation(id.toString(), id.pid(), startedAt);
  }
}
