package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.FAILED;
import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.cluster.ManifestSettings.Wanted;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.preflight.Reach;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the other masters can be reached where etcd and the apiserver listen. */
public final class ReachRule {
  private ReachRule() {}

  /** Ports of another master that this one must reach. */
  public static List<Integer> ports(Master master) {
    boolean etcd = master.manifests().wanted().stream().map(Wanted::name).anyMatch("etcd"::equals);
    int apiserver = master.profile().apiserverPort();
    return etcd ? List.of(Port.PEERS, apiserver) : List.of(apiserver);
  }

  /** One line for each master and what is wrong with it. */
  public static List<Check> checks(List<Reach> seen) {
    if (seen.isEmpty()) {
      return List.of(Check.ok(Area.MASTERS, "", "there is no other master"));
    }
    Map<String, List<Reach>> byNode = new LinkedHashMap<>();
    seen.forEach(reach -> byNode.computeIfAbsent(reach.node(), _ -> new ArrayList<>()).add(reach));
    List<Check> checks = new ArrayList<>();
    byNode.forEach((node, all) -> checks.addAll(of(node, all)));
    return checks;
  }

  private static List<Check> of(String node, List<Reach> all) {
    List<Check> checks = new ArrayList<>();
    String address = all.getFirst().address();
    String open = ports(all, Reach.State.OPEN);
    String refused = ports(all, Reach.State.REFUSED);
    String silent = ports(all, Reach.State.SILENT);
    if (!silent.isEmpty()) {
      checks.add(
          new Check(
              Area.MASTERS,
              "MASTER_NO_ANSWER",
              FAILED,
              node,
              "%s does not answer on %s: the host is down, or a firewall or a route is in the way"
                  .formatted(address, silent),
              "ping -c 3 %s; ip route get %s; on %s: nft list ruleset; ss -ltn"
                  .formatted(address, address, Quote.word(node))));
    }
    if (!refused.isEmpty()) {
      checks.add(
          new Check(
              Area.MASTERS,
              "MASTER_NOT_PLACED",
              WARNING,
              node,
              "%s is up, and nothing listens on %s: not placed there yet"
                  .formatted(address, refused),
              "on "
                  + Quote.word(node)
                  + ": ha-supervisor preflight, and then: ha-supervisor manifests place"));
    }
    all.stream()
        .filter(reach -> reach.state() == Reach.State.UNKNOWN)
        .forEach(
            reach ->
                checks.add(
                    Check.notChecked(
                        Area.MASTERS,
                        node,
                        "port " + reach.port() + ": " + reach.detail(),
                        "ha-supervisor preflight, once more")));
    if (!open.isEmpty()) {
      checks.add(Check.ok(Area.MASTERS, node, address + " accepts on " + open));
    }
    return checks;
  }

  private static String ports(List<Reach> all, Reach.State state) {
    return String.join(
        " and ",
        all.stream()
            .filter(reach -> reach.state() == state)
            .map(reach -> String.valueOf(reach.port()))
            .toList());
  }
}
