package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.preflight.Area;
import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.assess.preflight.FindingChecks;
import io.hasupervisor.assess.preflight.NameRule;
import io.hasupervisor.assess.preflight.Port;
import io.hasupervisor.assess.preflight.PortRule;
import io.hasupervisor.assess.preflight.ReachRule;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.command.Looks.Look;
import io.hasupervisor.command.Looks.Outcome;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.CredentialInspection;
import io.hasupervisor.loop.HostInspection;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.etcd.PeerClocks;
import io.hasupervisor.observe.manifest.PodContainers;
import io.hasupervisor.observe.manifest.StaticPod;
import io.hasupervisor.observe.preflight.Listener;
import io.hasupervisor.observe.preflight.NameSeen;
import io.hasupervisor.observe.preflight.Reach;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The looks that a master's configuration asks for, all begun at once. */
final class MasterPreflight {
  private static final Duration ASK = Duration.ofSeconds(3);

  /** The manifests of the configuration, or why there are none. */
  private record Rendered(Optional<ManifestCheck> check, int count, String why) {}

  private final PreflightTarget target;
  private final Master master;
  private final Look<Optional<RenderedSet>> set;
  private final Look<List<Finding>> host;
  private final Look<Rendered> manifests;
  private final Look<List<Finding>> credentials;
  private final Look<Map<String, Duration>> clocks;
  private final Look<Optional<PodContainers>> pods;
  private final Look<List<Listener>> listeners;
  private final List<Port> ports;
  private final List<Look<NameSeen>> names = new ArrayList<>();
  private final List<Look<Reach>> reached = new ArrayList<>();

  MasterPreflight(
      PreflightTarget target, Plan plan, Master master, PreflightScene scene, Looks looks) {
    this.target = target;
    this.master = master;
    this.set = looks.begin("the templates", () -> quiet(plan));
    this.host = looks.begin("this host's files", () -> inspection(plan, scene).findings(coming()));
    this.manifests = looks.begin("the manifests", () -> rendered(plan));
    this.credentials =
        looks.begin(
            "the credentials",
            () -> CredentialInspection.of(master, InstantSource.system()).look().findings());
    this.clocks =
        looks.begin(
            "the other masters' clocks",
            () -> PeerClocks.look(master, SystemClock.verified(), ASK));
    this.pods =
        looks.begin(
            "containers",
            () ->
                target.docker()
                    ? PodContainers.look(target.dockerSocket(), ASK)
                    : Optional.empty());
    this.ports = Port.of(master, target.listen());
    Set<Integer> numbers = ports.stream().map(Port::number).collect(Collectors.toSet());
    this.listeners = looks.begin("ports", () -> Listener.look(scene.paths().at("/proc"), numbers));
    for (String name : NameRule.names(master)) {
      names.add(looks.begin("the name " + name, () -> NameSeen.look(name, ASK, scene.resolver())));
    }
    master
        .cluster()
        .masters()
        .forEach(
            (node, address) -> {
              if (!node.equals(master.node().name())) {
                for (int port : ReachRule.ports(master)) {
                  reached.add(
                      looks.begin(
                          node + ", port " + port, () -> Reach.look(node, address, port, ASK)));
                }
              }
            });
  }

  private HostInspection inspection(Plan plan, PreflightScene scene) {
    return new HostInspection(master, plan.settings().stateDir(), scene.paths(), scene.kernel());
  }

  private static Optional<RenderedSet> quiet(Plan plan) {
    return RenderedSet.of(plan, new PrintWriter(new StringWriter()));
  }

  private List<Manifest> coming() throws InterruptedException {
    return set.got().flatMap(it -> it).map(RenderedSet::manifests).orElse(List.of());
  }

  private static Rendered rendered(Plan plan) {
    StringWriter why = new StringWriter();
    return RenderedSet.of(plan, new PrintWriter(why, true))
        .map(set -> new Rendered(Optional.of(set.check()), set.manifests().size(), ""))
        .orElseGet(() -> new Rendered(Optional.empty(), 0, why.toString()));
  }

  /** What is wrong with this host's files; none where nobody could look in time. */
  List<Finding> kubelet() throws InterruptedException {
    return host.got().map(FindingChecks::kubelet).orElse(List.of());
  }

  List<Check> host() throws InterruptedException {
    return host.judged(Area.HOST, FindingChecks::host);
  }

  List<Check> images() throws InterruptedException {
    return manifests.judged(
        Area.IMAGES,
        rendered ->
            rendered
                .check()
                .map(check -> FindingChecks.images(check.findings(), check.notChecked()))
                .orElse(
                    List.of(
                        Check.notChecked(
                            Area.IMAGES,
                            "",
                            "the manifests cannot be made",
                            "ha-supervisor manifests render"))));
  }

  List<Check> ports(boolean daemonRuns) throws InterruptedException {
    Map<String, String> own = new HashMap<>();
    for (Manifest manifest : coming()) {
      StaticPod.read(manifest.text())
          .map(pod -> pod.on(master.node().name()))
          .ifPresent(pod -> own.put(manifest.name(), pod.substring(pod.indexOf('/') + 1)));
    }
    Optional<Map<String, String>> known = pods.got().flatMap(it -> it).map(PodContainers::pods);
    String unit =
        target.kubeletUnit() instanceof UnitSpec.Systemd systemd
            ? systemd.unit()
            : "kubelet.service";
    return listeners.judged(
        Area.PORTS,
        there -> new PortRule(master, own, known, unit, daemonRuns).checks(ports, there));
  }

  List<Check> names(HostPreflight own) throws InterruptedException {
    List<NameSeen> seen = new ArrayList<>();
    List<Check> late = new ArrayList<>();
    for (Look<NameSeen> name : names) {
      late.addAll(name.judged(Area.NAMES, found -> List.of()));
      name.got().ifPresent(seen::add);
    }
    List<Check> checks =
        new ArrayList<>(
            NameRule.checks(master, seen, own.hostName(), own.kubeletOptions().hostName()));
    checks.addAll(late);
    return checks;
  }

  List<Check> masters() throws InterruptedException {
    List<Reach> seen = new ArrayList<>();
    List<Check> late = new ArrayList<>();
    for (Look<Reach> look : reached) {
      late.addAll(look.judged(Area.MASTERS, found -> List.of()));
      look.got().ifPresent(seen::add);
    }
    List<Check> checks =
        new ArrayList<>(seen.isEmpty() && !reached.isEmpty() ? List.of() : ReachRule.checks(seen));
    checks.addAll(late);
    return checks;
  }

  List<Check> clock(HostPreflight own) throws InterruptedException {
    return FindingChecks.clock(
        own.synchronised(), Optional.of(master), clocks.got().orElse(Map.of()));
  }

  List<Check> credentials() throws InterruptedException {
    return credentials.judged(
        Area.CREDENTIALS, findings -> FindingChecks.credentials(master, findings));
  }

  List<Check> manifests() throws InterruptedException {
    List<Finding> known =
        switch (credentials.outcome()) {
          case Outcome.Got<List<Finding>> got -> got.value();
          case Outcome.None<List<Finding>> _ -> List.of();
        };
    return manifests.judged(
        Area.MANIFESTS,
        rendered ->
            rendered
                .check()
                .map(check -> FindingChecks.manifests(check.findings(), known, rendered.count()))
                .orElseGet(
                    () ->
                        List.of(
                            new Check(
                                Area.MANIFESTS,
                                "MANIFESTS_NOT_RENDERED",
                                Check.Result.FAILED,
                                "",
                                rendered.why(),
                                "mend it, then: ha-supervisor manifests render"))));
  }
}
