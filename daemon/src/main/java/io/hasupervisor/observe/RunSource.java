package io.hasupervisor.observe;

/** Where the run state of one unit is read, and who says that it may have changed. */
public interface RunSource extends AutoCloseable {

  /**
   * Looks once. Never throws for a sick target or a missing init system: that is {@link
   * RunState.Unclear} or {@link RunState.Absent}. Bounded to a few seconds.
   *
   * @throws InterruptedException when interrupted past the caller's deadline
   */
  RunReport look() throws InterruptedException;

  /**
   * Calls {@code changed} from any thread whenever a new look may tell something new (a death, a
   * start). May call too often; a lost call costs one poll period. Set once, before the first look.
   */
  void onChange(Runnable changed);

  /** Stops watching; the unit itself is left alone. */
  @Override
  void close();
}
