package io.hasupervisor.observe.preflight;

/** Whether this program's own daemon runs on this host. */
public sealed interface DaemonSeen {

  /**
   * It answers.
   *
   * @param master whether it has a configuration that makes a master of this host
   */
  record Runs(String version, boolean master) implements DaemonSeen {}

  /** It does not; {@code why} is what its client says. */
  record Silent(String why) implements DaemonSeen {}
}
