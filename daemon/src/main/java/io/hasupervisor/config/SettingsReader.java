package io.hasupervisor.config;

import io.hasupervisor.config.DaemonKeys.Mode;
import io.hasupervisor.loop.Plan.Settings;
import java.nio.file.Path;

/** The daemon's own settings. */
record SettingsReader(Section root, Environment environment) {

  Settings read() {
    Section control = root.section(DaemonKeys.CONTROL, DaemonKeys.CONTROL_SHAPE);
    Section incidents = root.section(DaemonKeys.INCIDENTS, DaemonKeys.INCIDENTS_SHAPE);
    Section http = root.section(DaemonKeys.HTTP, DaemonKeys.HTTP_SHAPE);
    Path socket = control.get(DaemonKeys.SOCKET);
    return new Settings(
        node(),
        root.get(DaemonKeys.MODE) == Mode.OBSERVE,
        http.get(DaemonKeys.LISTEN).stream().map(Address::toString).toList(),
        root.section(DaemonKeys.READY, DaemonKeys.READY_SHAPE).get(DaemonKeys.READY_LISTEN).stream()
            .map(Address::toString)
            .toList(),
        stateDirectory(),
        environment.controlSocket().orElse(socket),
        control.get(DaemonKeys.GROUP),
        root.get(DaemonKeys.POLL_EVERY),
        incidents.get(DaemonKeys.KEEP),
        incidents.get(DaemonKeys.SIZE));
  }

  /** This host's name. */
  String node() {
    return root.section(DaemonKeys.NODE, NodeKeys.SHAPE)
        .get(NodeKeys.NAME)
        .orElse(environment.node());
  }

  private Path stateDirectory() {
    return environment.stateDirectory().orElseGet(() -> root.get(DaemonKeys.STATE_DIRECTORY));
  }
}
