package io.hasupervisor.assess.api;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.observe.api.EndpointsSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pure: a dead apiserver to which pods are still led (kubernetes#22609). Only of the other masters:
 * where the own one is dead the list is not read.
 */
public final class EndpointRule {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private EndpointRule() {}

  /** What of it needs somebody, and what is remembered for the next round. */
  public record Judged(EndpointHistory next, List<Finding> findings) {}

  /**
   * Takes a round in.
   *
   * @param masters IP addresses by node name
   * @param at monotonic time of the round
   */
  public static Judged judge(
      EndpointHistory before,
      EndpointsSeen seen,
      List<ApiserverView> apiservers,
      Map<String, String> masters,
      Duration at) {
    Map<String, Duration> dead = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (ApiserverView server : apiservers) {
      String address = Addresses.canonical(masters.getOrDefault(server.master(), ""));
      if (!server.own() && gone(server.state()) && seen.addresses().contains(address)) {
        Duration since = before.dead().getOrDefault(server.master(), at);
        dead.put(server.master(), since);
        if (at.minus(since).compareTo(PATIENCE) > 0) {
          findings.add(finding(server, address));
        }
      }
    }
    return new Judged(new EndpointHistory(dead), findings);
  }

  private static boolean gone(ApiserverState state) {
    return switch (state) {
      case DOWN, UNREACHABLE, HUNG -> true;
      case UNKNOWN, UNTRUSTED, FOREIGN, ETCD_FAILS, SICK, NOT_READY, UP, HEALTHY -> false;
    };
  }

  private static Finding finding(ApiserverView server, String address) {
    return Finding.of(
        "DEAD_ENDPOINT",
        Severity.WARNING,
        server.master(),
        "The apiserver of "
            + server.master()
            + " is "
            + server.state()
            + ", and its address "
            + address
            + " is still one of the service kubernetes: a part of what pods ask of the apiservers"
            + " fails.",
        "Bring it back; or take the address out by hand: kubectl edit endpoints kubernetes -n"
            + " default. Apiservers with --endpoint-reconciler-type=lease (the default since 1.11)"
            + " take dead ones out by themselves, those with --apiserver-count do not; this daemon"
            + " changes nothing in the cluster.");
  }
}
