package io.hasupervisor.command;

import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Cluster.LoadBalancer;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.manifest.BalancerFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be done with the files of a load balancer, in sentences. */
final class BalancerSteps {
  private BalancerSteps() {}

  static List<String> of(Master master, BalancerSet set, Optional<Path> output) {
    LoadBalancer balancer = master.cluster().loadBalancer().orElseThrow();
    String from = output.map(Path::toString).orElse("DIR");
    List<String> steps = new ArrayList<>();
    if (BalancerFiles.sharesPort(master)) {
      steps.add(
          "warning: cluster.load-balancer has port "
              + balancer.port()
              + ", the apiservers' own. An apiserver listens on all addresses of its host, so"
              + " haproxy cannot have that port there: run it on hosts that are no masters, or"
              + " choose another port, as "
              + balancer.host()
              + ":8443, before certificates and kubeconfigs name this one.");
    }
    if (!set.addressed()) {
      steps.add(
          "keepalived is left out: cluster.load-balancer is a name, and keepalived holds an IP"
              + " address.");
    }
    steps.add("next, on each host that is to balance:");
    steps.add("  haproxy -c -f " + from + "/haproxy.cfg");
    steps.add("  install -D -m 644 " + from + "/haproxy.cfg /etc/haproxy/haproxy.cfg");
    if (set.addressed()) {
      steps.add("  keepalived -t -f " + from + "/keepalived.conf");
      steps.add("  install -D -m 600 " + from + "/keepalived.conf /etc/keepalived/keepalived.conf");
    }
    steps.add(
        "  then run them as packages (systemctl reload-or-restart haproxy"
            + (set.addressed() ? " keepalived" : "")
            + "), or as static pods: name the templates haproxy.yaml"
            + (set.addressed() ? " and keepalived.yaml" : "")
            + " in manifests.set and place them with: ha-supervisor manifests place");
    steps.add("  see: curl -k https://" + at(balancer) + "/readyz; ha-supervisor status");
    return List.copyOf(steps);
  }

  private static String at(LoadBalancer it) {
    return Addresses.inUrl(it.host()) + ":" + it.port();
  }
}
