package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.preflight.Area;
import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.assess.preflight.DaemonRule;
import io.hasupervisor.assess.preflight.FindingChecks;
import io.hasupervisor.assess.preflight.KernelRule;
import io.hasupervisor.assess.preflight.KubeletInstalled;
import io.hasupervisor.assess.preflight.RuntimeRule;
import io.hasupervisor.assess.preflight.ServiceRule;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.command.Looks.Look;
import io.hasupervisor.command.Looks.Outcome;
import io.hasupervisor.observe.hostfiles.RivalSeen;
import io.hasupervisor.observe.preflight.DaemonSeen;
import io.hasupervisor.observe.preflight.KernelSeen;
import io.hasupervisor.observe.preflight.KubeletSeen;
import io.hasupervisor.observe.preflight.RuntimeSeen;
import io.hasupervisor.observe.preflight.ServiceSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The looks at this host that need no configuration, all begun at once. */
final class HostPreflight {
  private static final Duration ASK = Duration.ofSeconds(4);
  private static final Path KUBELET_CONFIG = Path.of("/var/lib/kubelet/config.yaml");

  private final PreflightTarget target;
  private final PreflightScene scene;
  private final Look<DaemonSeen> daemon;
  private final Look<KubeletSeen> kubelet;
  private final Look<ServiceSeen> kubeletService;
  private final Look<ServiceSeen> runtimeService;
  private final Look<RuntimeSeen> runtime;
  private final Look<KernelSeen> kernel;
  private final Look<List<RivalSeen>> rivals;
  private final Look<Optional<Boolean>> synchronised;

  HostPreflight(PreflightTarget target, PreflightScene scene, Looks looks) {
    this.target = target;
    this.scene = scene;
    this.daemon = looks.begin("the daemon", () -> scene.daemon(target.controlSocket()));
    Path config = target.master().map(it -> it.kubelet().config()).orElse(KUBELET_CONFIG);
    this.kubelet = looks.begin("the kubelet", () -> KubeletSeen.look(scene.paths(), config, ASK));
    this.kubeletService =
        looks.begin(
            "the kubelet's service",
            () -> ServiceSeen.look("kubelet", target.kubeletUnit(), scene.paths(), ASK));
    this.runtimeService =
        looks.begin(
            target.runtime() + "'s service",
            () -> ServiceSeen.look(target.runtime(), target.runtimeUnit(), scene.paths(), ASK));
    this.runtime =
        looks.begin(
            target.runtime(),
            () ->
                target.docker()
                    ? RuntimeSeen.docker(
                        target.dockerSocket(), scene.paths().at("/etc/docker/daemon.json"), ASK)
                    : RuntimeSeen.containerd(ASK));
    this.kernel = looks.begin("the kernel", () -> KernelSeen.look(scene.paths()));
    this.rivals = looks.begin("other supervisors", () -> RivalSeen.look(scene.paths()));
    this.synchronised = looks.begin("the clock", () -> scene.kernel().synchronised().get());
  }

  /** This host's name; empty where it is not known in time. */
  String hostName() throws InterruptedException {
    return kernel.got().map(KernelSeen::hostName).orElse("");
  }

  /** What the kubelet's files say. */
  KubeletSeen.Options kubeletOptions() throws InterruptedException {
    return kubelet.got().map(KubeletSeen::options).orElse(KubeletSeen.Options.NONE);
  }

  Optional<Boolean> synchronised() throws InterruptedException {
    return synchronised.got().orElse(Optional.empty());
  }

  boolean daemonRuns() throws InterruptedException {
    return daemon.got().filter(DaemonSeen.Runs.class::isInstance).isPresent();
  }

  List<Check> daemon() throws InterruptedException {
    return daemon.judged(
        Area.DAEMON, seen -> DaemonRule.checks(seen, scene.version(), target.master().isPresent()));
  }

  /** With what the rule about its manifest directory found. */
  List<Check> kubelet(List<Finding> findings) throws InterruptedException {
    ServiceSeen service = service(kubeletService, "kubelet.service");
    return kubelet.judged(
        Area.KUBELET,
        seen ->
            KubeletInstalled.checks(seen, service, findings, target.master().map(Master::profile)));
  }

  List<Check> runtime() throws InterruptedException {
    ServiceSeen service = service(runtimeService, "docker.service");
    KubeletSeen.Options options = kubeletOptions();
    return runtime.judged(Area.RUNTIME, seen -> RuntimeRule.checks(service, seen, options));
  }

  List<Check> kernel() throws InterruptedException {
    boolean swap = kubeletOptions().swap();
    return kernel.judged(Area.KERNEL, seen -> KernelRule.checks(seen, swap));
  }

  List<Check> supervisors() throws InterruptedException {
    return rivals.judged(Area.SUPERVISORS, FindingChecks::supervisors);
  }

  List<Check> start() throws InterruptedException {
    return kubeletService.judged(Area.START, seen -> ServiceRule.runs(Area.START, "KUBELET", seen));
  }

  private static ServiceSeen service(Look<ServiceSeen> look, String unit)
      throws InterruptedException {
    return switch (look.outcome()) {
      case Outcome.Got<ServiceSeen> got -> got.value();
      case Outcome.None<ServiceSeen> none -> ServiceSeen.unknown("", unit, none.why());
    };
  }
}
