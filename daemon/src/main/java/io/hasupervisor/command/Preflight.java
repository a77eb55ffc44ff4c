package io.hasupervisor.command;

import io.hasupervisor.assess.preflight.Area;
import io.hasupervisor.assess.preflight.Check;
import io.hasupervisor.assess.preflight.ConfigurationRule;
import io.hasupervisor.assess.preflight.FindingChecks;
import io.hasupervisor.config.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All checks of a preflight: everything looked at at once, told in the order of the cures. */
record Preflight(PreflightTarget target, PreflightScene scene) {
  private static final List<Area> OF_MASTERS =
      List.of(
          Area.IMAGES,
          Area.PORTS,
          Area.NAMES,
          Area.MASTERS,
          Area.HOST,
          Area.CREDENTIALS,
          Area.MANIFESTS);

  /**
   * Makes them; 13 seconds at most.
   *
   * @param waiting told twice a second what is still waited for
   */
  List<Check> checks(Consumer<List<String>> waiting) throws InterruptedException {
    Looks looks = new Looks(scene.limit());
    HostPreflight host = new HostPreflight(target, scene, looks);
    Optional<MasterPreflight> master =
        target
            .plan()
            .flatMap(
                plan ->
                    plan.master().map(it -> new MasterPreflight(target, plan, it, scene, looks)));
    looks.await(waiting);
    List<Check> checks = new ArrayList<>(configuration(host));
    checks.addAll(host.daemon());
    checks.addAll(host.kubelet(master.isPresent() ? master.get().kubelet() : List.of()));
    checks.addAll(host.runtime());
    if (master.isPresent()) {
      ofMaster(master.get(), host, checks);
    } else {
      checks.addAll(FindingChecks.clock(host.synchronised(), Optional.empty(), Map.of()));
      OF_MASTERS.forEach(area -> checks.add(notYet(area)));
    }
    checks.addAll(host.kernel());
    checks.addAll(host.supervisors());
    checks.addAll(host.start());
    return checks.stream().sorted(java.util.Comparator.comparing(Check::area)).toList();
  }

  private static void ofMaster(MasterPreflight master, HostPreflight host, List<Check> checks)
      throws InterruptedException {
    checks.addAll(master.images());
    checks.addAll(master.ports(host.daemonRuns()));
    checks.addAll(master.names(host));
    checks.addAll(master.masters());
    checks.addAll(master.clock(host));
    checks.addAll(master.host());
    checks.addAll(master.credentials());
    checks.addAll(master.manifests());
  }

  private List<Check> configuration(HostPreflight host) throws InterruptedException {
    return switch (target.loaded()) {
      case Loaded.Bad bad -> ConfigurationRule.wrong(bad.problems());
      case Loaded.Good good when good.plan().master().isPresent() ->
          ConfigurationRule.master(good.plan().master().get(), scene.addresses().get());
      case Loaded.Good good when good.plan().worker().isPresent() ->
          ConfigurationRule.worker(target.config());
      case Loaded.Good _ ->
          ConfigurationRule.noMaster(target.config(), host.hostName(), scene.addresses().get());
    };
  }

  private static Check notYet(Area area) {
    return Check.notChecked(
        area,
        "",
        "the configuration makes no master of this host yet",
        "ha-supervisor preflight, once more after the configuration");
  }
}
