package io.hasupervisor.observe;

import java.time.Duration;

/** Whether a unit runs, as its init system or process table says now. */
public sealed interface RunState {

  /** There is a main process (also while systemd still says activating or reloading). */
  record Running(Incarnation incarnation) implements RunState {}

  /** There is none, and nobody but us will start it. */
  record Dead(Exit exit) implements RunState {}

  /**
   * The init system will start it again by itself at {@code nextStart} (systemd's auto-restart).
   */
  record RestartingByInit(Exit exit, Duration nextStart) implements RunState {}

  /** It is being stopped by the init system since {@code since}; its process may be alive. */
  record Stopping(Incarnation incarnation, Duration since) implements RunState {}

  /** The init system has a job for it that has not run yet. */
  record JobWaiting(String job) implements RunState {}

  /**
   * The host has no such unit, script or binary, or it is masked: it cannot be started until
   * someone mends that.
   */
  record Absent(String why, String cure) implements RunState {}

  /** The init system or process table could not be read: no evidence. */
  record Unclear(String why) implements RunState {}
}
