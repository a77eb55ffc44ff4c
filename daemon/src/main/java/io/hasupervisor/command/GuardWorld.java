package io.hasupervisor.command;

import io.hasupervisor.host.Identity;
import io.hasupervisor.host.systemd.DbusSystemd;
import io.hasupervisor.host.systemd.Systemd;
import io.hasupervisor.host.systemd.SystemdManager;
import io.hasupervisor.host.systemd.SystemdRefused;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.observe.hostfiles.HostPaths;
import java.util.concurrent.TimeUnit;

/**
 * What guarding docker needs of the host; a seam for tests.
 *
 * @param user effective user id; 0 is root
 * @param release lets go of the bus
 */
record GuardWorld(
    HostPaths paths, int user, Systemd units, SystemdManager manager, Runnable release)
    implements AutoCloseable {
  private static final int TRIES = 50;

  /** That of this process. The bus is connected in the background: its first answer is awaited. */
  static GuardWorld ofProcess() throws InterruptedException {
    DbusSystemd systemd =
        DbusSystemd.start(DbusSystemd.address(System.getenv()), DbusSystemd.CALL_LIMIT);
    for (int i = 0; i < TRIES && !answers(systemd); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return new GuardWorld(
        HostPaths.ofThisHost(), Identity.user(), systemd, systemd, systemd::close);
  }

  private static boolean answers(SystemdManager systemd) throws InterruptedException {
    try {
      return !systemd.version().isEmpty();
    } catch (SystemdUnavailable e) {
      return false;
    } catch (SystemdRefused e) {
      return true;
    }
  }

  @Override
  public void close() {
    release.run();
  }
}
