package io.hasupervisor.host.process;

import io.hasupervisor.host.Libc;
import io.hasupervisor.host.Posix;
import io.hasupervisor.host.ProcStat;
import java.io.IOException;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Signal;
import jnr.posix.POSIX;

/**
 * Signals to one process and to no later owner of its pid: through a pidfd, so that the pid cannot
 * pass on between the look and the signal; on kernels before 5.3 by kill(2) right after the look.
 */
public final class Signals {
  private Signals() {}

  /**
   * Signals exactly this process.
   *
   * @return false when it has ended already
   * @throws IOException when the kernel refuses, with its words
   */
  public static boolean send(ProcessId to, Signal signal) throws IOException {
    if (to.pid() <= 1) {
      throw new IOException("process %d is never signalled".formatted(to.pid()));
    }
    int pidfd = Libc.pidfdOpen(to.pid());
    if (pidfd == -Libc.ENOSYS) {
      return to.alive() && accepted(to.pid(), kill(to.pid(), signal), signal);
    }
    if (pidfd < 0) {
      return accepted(to.pid(), pidfd, signal);
    }
    try {
      if (to.stat().isEmpty()) {
        return false;
      }
      return accepted(to.pid(), Libc.pidfdSendSignal(pidfd, signal.intValue()), signal);
    } finally {
      Libc.close(pidfd);
    }
  }

  /**
   * Signals the whole process group that this process leads, or the process alone where it leads
   * none. The leader must still be there: with it gone, its number may be another group's.
   *
   * @return false when the process has ended already
   * @throws IOException when the kernel refuses, with its words
   */
  public static boolean sendToGroup(ProcessId leader, Signal signal) throws IOException {
    boolean leads =
        leader.stat().map(ProcStat::session).filter(session -> session == leader.pid()).isPresent();
    if (leads && leader.pid() > 1) {
      return accepted(leader.pid(), kill(-leader.pid(), signal), signal);
    }
    return send(leader, signal);
  }

  private static int kill(long pid, Signal signal) {
    POSIX posix = Posix.get();
    return posix.kill(pid, signal.intValue()) == 0 ? 0 : -posix.errno();
  }

  private static boolean accepted(long pid, int result, Signal signal) throws IOException {
    if (result >= 0) {
      return true;
    }
    if (result == -Libc.ESRCH) {
      return false;
    }
    throw new IOException(
        "%s to process %d was refused: %s"
            .formatted(signal, pid, Errno.valueOf(-result).description()));
  }
}
