package io.hasupervisor.loop;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The whole configuration, validated: what the daemon is to do.
 *
 * @param worker this host as a worker; never beside a master
 * @param master empty where this host is no master, or its manifests are nobody's business here
 */
public record Plan(
    Settings settings,
    List<ServiceSpec> services,
    Optional<Master> master,
    Optional<Worker> worker) {

  /**
   * The daemon's own settings.
   *
   * @param node this host's name in the status
   * @param observeOnly act on nothing, for all services
   * @param listen addresses of the read-only HTTP, as {@code host:port}
   * @param readyListen addresses at which load balancers may ask for {@code /ready}
   * @param stateDir where state and incidents are kept
   * @param controlSocket path of the control socket
   * @param controlGroup group that may use it besides root
   * @param pollEvery slow poll of every unit, the safety net behind events
   * @param incidentsKept incidents kept per service
   * @param incidentBytes bytes of incidents kept in all
   */
  public record Settings(
      String node,
      boolean observeOnly,
      List<String> listen,
      List<String> readyListen,
      Path stateDir,
      Path controlSocket,
      String controlGroup,
      Duration pollEvery,
      int incidentsKept,
      long incidentBytes) {}
}
