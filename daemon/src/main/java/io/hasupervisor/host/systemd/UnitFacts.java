package io.hasupervisor.host.systemd;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What systemd says of one unit, in its own words (org.freedesktop.systemd1(5)). Times are
 * CLOCK_MONOTONIC, zero where there was no such event in this boot.
 *
 * @param loadState {@code loaded}, {@code not-found}, {@code masked}, {@code bad-setting}, {@code
 *     error} and others
 * @param loadError why it could not be loaded; may be empty
 * @param activeState {@code active}, {@code inactive}, {@code failed}, {@code activating} and
 *     others
 * @param subState the service's own state, such as {@code running} or {@code auto-restart}
 * @param job type of the queued job, such as {@code start}
 * @param invocationId 32 hexadecimal digits, new at each start; empty before the first
 * @param result {@code success}, {@code exit-code}, {@code signal}, {@code start-limit-hit} and
 *     others
 * @param startSkipped the last start was not carried out, for a Condition or Assert was not met
 */
public record UnitFacts(
    String loadState,
    String loadError,
    String activeState,
    String subState,
    Optional<String> job,
    String invocationId,
    String result,
    boolean startSkipped,
    MainProcess main,
    Restarts restarts,
    Times times,
    Files files) {

  /**
   * The main process.
   *
   * @param pid 0 where there is none now
   * @param exitCode how the last one ended: 1 exited, 2 killed, 3 killed with a core dump
   *     (sigaction(2), CLD_*); 0 when none has ended since the start
   * @param exitStatus exit code or signal
   */
  public record MainProcess(
      long pid, int exitCode, int exitStatus, Duration startedAt, Duration exitedAt) {}

  /**
   * systemd's own restarts.
   *
   * @param policy {@code no}, {@code always}, {@code on-failure} and others
   * @param count automatic restarts since the last start by order
   * @param delay from the end to the next automatic start
   */
  public record Restarts(String policy, long count, Duration delay) {}

  /**
   * When the unit changed.
   *
   * @param inactiveExit a start began
   * @param activeExit it stopped being active: a stop began, or its process ended
   * @param stateChange the last change of the sub-state
   */
  public record Times(Duration inactiveExit, Duration activeExit, Duration stateChange) {}

  /**
   * Files whose change may mend the unit.
   *
   * @param fragment the unit file; none for a unit that does not exist
   * @param binary the first program of ExecStart
   */
  public record Files(Optional<Path> fragment, List<Path> dropIns, Optional<Path> binary) {}
}
