package io.hasupervisor.observe;

import io.hasupervisor.host.process.ProcessId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the process that a pidfile names is the service, for pids are used again: after a reboot
 * a file kept on disk names whoever got the number.
 *
 * <ol>
 *   <li>Process 1 and this daemon are never the service.
 *   <li>An unchanged file that once named the service names nobody else.
 *   <li>A process older than the service last seen is not its successor, nor is another program
 *       that ran beside it.
 *   <li>A service writes its file after its start: a process younger than the file is not the
 *       service. This alone compares wall time, and a clock set after boot makes everybody look
 *       young, so a process named like the file ({@code docker.pid}: docker or dockerd) passes.
 * </ol>
 */
final class PidRule {
  /** Start times are told in hundredths of a second, and clocks are set by seconds at boot. */
  static final Duration TOLERANCE = Duration.ofSeconds(10);

  /**
   * Deaths are noticed late on a busy host: who started this shortly before may have come after.
   */
  static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

  private PidRule() {}

  /**
   * The service as last seen.
   *
   * @param diedAt when its death was noticed; empty while it lives
   * @param bystander whom the file named, and who was refused, while the service was seen alive
   */
  record Known(Candidate life, Optional<Duration> diedAt, Optional<ProcessId> bystander) {

    static Known alive(Candidate life) {
      return new Known(life, Optional.empty(), Optional.empty());
    }

    Known diedBy(Duration now) {
      return new Known(life, diedAt.or(() -> Optional.of(now)), bystander);
    }

    Known beside(ProcessId other) {
      return new Known(life, diedAt, Optional.of(other));
    }

    private boolean ranBeside(Candidate candidate) {
      Duration latestStart = candidate.startedAt().plus(NOTICED_WITHIN);
      return bystander.filter(candidate.id()::equals).isPresent()
          || diedAt.filter(died -> latestStart.compareTo(died) >= 0).isEmpty();
    }
  }

  /** Why the candidate is not the service; empty where it is. */
  static Optional<String> objection(
      Path pidfile, Candidate candidate, Optional<Known> known, long ownPid) {
    long pid = candidate.id().pid();
    if (pid == 1 || pid == ownPid) {
      return objection(pidfile, pid, pid == 1 ? "which is init" : "which is this daemon");
    }
    if (known.isPresent()) {
      Candidate before = known.get().life();
      if (before.id().equals(candidate.id())) {
        return Optional.empty();
      }
      // File times are rough: two numbers written at once differ in the number alone.
      if (before.id().pid() == pid && before.content().equals(candidate.content())) {
        return objection(
            pidfile, pid, "a number that has passed to another process: " + candidate.name());
      }
      if (candidate.id().startTicks() < before.id().startTicks()) {
        return objection(pidfile, pid, "a process older than the service: " + candidate.name());
      }
      if (known.get().ranBeside(candidate) && !before.sameProgram(candidate)) {
        return objection(
            pidfile, pid, "another program that ran beside the service: " + candidate.name());
      }
    }
    boolean younger = candidate.startedAt().compareTo(candidate.writtenAt().plus(TOLERANCE)) > 0;
    return younger && !namedLike(pidfile, candidate.name())
        ? objection(
            pidfile, pid, "a process that started after the file was written: " + candidate.name())
        : Optional.empty();
  }

  private static boolean namedLike(Path pidfile, String name) {
    String base = pidfile.toString().replaceAll("^.*/|\\.pid$", "");
    return name.equals(base) || name.equals(base + "d");
  }

  private static Optional<String> objection(Path pidfile, long pid, String what) {
    return Optional.of("pidfile %s names %d, %s".formatted(pidfile, pid, what));
  }
}
