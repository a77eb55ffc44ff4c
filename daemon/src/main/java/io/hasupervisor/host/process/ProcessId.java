package io.hasupervisor.host.process;

import io.hasupervisor.host.Libc;
import io.hasupervisor.host.Posix;
import io.hasupervisor.host.ProcStat;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jnr.constants.platform.Sysconf;

/**
 * One process for ever: pids are used again, a pid with its start time is not.
 *
 * @param startTicks start time in clock ticks since boot (proc(5))
 */
public record ProcessId(long pid, long startTicks) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,10}):([0-9]{1,18})");
  private static final long TICKS_PER_SECOND = Posix.get().sysconf(Sysconf._SC_CLK_TCK);
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** The process that has this pid now, alive or a zombie. */
  public static Optional<ProcessId> of(long pid) {
    return ProcStat.of(pid).map(ProcessId::of);
  }

  /** The process a line of /proc is about. */
  public static ProcessId of(ProcStat stat) {
    return new ProcessId(stat.pid(), stat.startTicks());
  }

  /** Reads {@link #toString}'s form. */
  public static Optional<ProcessId> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new ProcessId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  /** What /proc says of this very process; empty once it has been reaped. */
  public Optional<ProcStat> stat() {
    return ProcStat.of(pid).filter(stat -> stat.startTicks() == startTicks);
  }

  /** Whether it still runs: a zombie is dead. */
  public boolean alive() {
    return stat().filter(ProcStat::alive).isPresent();
  }

  /**
   * Its start in the monotonic time of {@link io.hasupervisor.host.Clock}, to a hundredth of a
   * second. The kernel counts suspends in start times: for a process older than the last suspend
   * the answer is too early by the length of that suspend.
   */
  public Duration startedAt() {
    Duration sinceBoot =
        Duration.ofSeconds(
            startTicks / TICKS_PER_SECOND,
            startTicks % TICKS_PER_SECOND * (NANOS_PER_SECOND / TICKS_PER_SECOND));
    return sinceBoot.minus(Libc.sinceBoot().minus(Libc.monotonic()));
  }

  /** {@code pid:startTicks}. */
  @Override
  public String toString() {
    return pid + ":" + startTicks;
  }
}
