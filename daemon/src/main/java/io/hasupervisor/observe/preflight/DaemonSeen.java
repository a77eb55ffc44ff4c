package io.hasupervisor.observe.preflight;

/** Whether this program's own daemon runs on this host. */
public sealed interface DaemonSeen {

  /** It answers. */
  record Runs(String version) implements DaemonSeen {}

  /** It does not; {@code why} is what its client says. */
  record Silent(String why) implements DaemonSeen {}
}
