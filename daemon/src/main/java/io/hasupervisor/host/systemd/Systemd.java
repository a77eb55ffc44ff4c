package io.hasupervisor.host.systemd;

/** The init system. A seam for tests: one call, one attempt, one answer within a few seconds. */
public interface Systemd {

  /**
   * What systemd says of a unit now, in one consistent answer; a unit that does not exist has the
   * load state {@code not-found}.
   *
   * @throws SystemdRefused when the name is not a unit's, or access is denied
   */
  UnitFacts facts(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /** Queues a start job; returns when systemd has taken it, not when it has run. */
  void start(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /** Queues a stop job; returns when systemd has taken it, not when it has run. */
  void stop(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /** Queues one job that stops it, if it runs, and starts it: nobody can die in between. */
  void restart(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /** Forgets failures and the start counter of the unit. */
  void resetFailed(String unit) throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /**
   * Sends a signal to the unit's main process.
   *
   * @throws SystemdRefused also when it has none now
   */
  void killMain(String unit, int signal)
      throws SystemdUnavailable, SystemdRefused, InterruptedException;

  /**
   * Calls {@code changed} from any thread, and often more than once, when the unit or the
   * connection to systemd has changed. It must return at once.
   */
  Watch watch(String unit, Runnable changed);

  /** A watch that can be ended. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
