package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a preflight is about: the configuration as far as there is one, else what holds without it.
 *
 * @param config the main file
 */
record PreflightTarget(Path config, Loaded loaded) {
  private static final String KUBELET = "kubelet";
  private static final String DOCKER = "docker";
  private static final String CONTAINERD = "containerd";

  Optional<Plan> plan() {
    return switch (loaded) {
      case Loaded.Good good -> Optional.of(good.plan());
      case Loaded.Bad _ -> Optional.empty();
    };
  }

  Optional<Master> master() {
    return plan().flatMap(Plan::master);
  }

  /** Addresses of the daemon's HTTP. */
  List<String> listen() {
    return plan().map(plan -> plan.settings().listen()).orElse(List.of());
  }

  Path controlSocket() {
    return plan()
        .map(plan -> plan.settings().controlSocket())
        .orElse(Path.of("/run/ha-supervisor/control.sock"));
  }

  /** Where docker is asked. */
  Path dockerSocket() {
    return master()
        .map(master -> master.manifests().docker())
        .orElse(Path.of("/var/run/docker.sock"));
  }

  /** Name of the service that runs containers: containerd only where docker is not watched. */
  String runtime() {
    return service(CONTAINERD).isPresent() && service(DOCKER).isEmpty() ? CONTAINERD : DOCKER;
  }

  boolean docker() {
    return runtime().equals(DOCKER);
  }

  UnitSpec kubeletUnit() {
    return unit(KUBELET);
  }

  UnitSpec runtimeUnit() {
    return unit(runtime());
  }

  private UnitSpec unit(String name) {
    return service(name).map(ServiceSpec::unit).orElse(new UnitSpec.Systemd(name + ".service"));
  }

  private Optional<ServiceSpec> service(String name) {
    return plan().stream()
        .flatMap(plan -> plan.services().stream())
        .filter(service -> service.name().equals(name))
        .findFirst();
  }
}
