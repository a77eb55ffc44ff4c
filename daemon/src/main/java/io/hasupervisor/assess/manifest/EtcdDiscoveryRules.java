package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.HostFacts;
import java.util.Optional;

/** Finding peers by the v2 discovery service, as the clusters of 2015 did. */
final class EtcdDiscoveryRules {
  private EtcdDiscoveryRules() {}

  static void judge(Program etcd, Optional<HostFacts> host, Report report) {
    if (etcd.flag("discovery").isEmpty()) {
      return;
    }
    Optional<Release> without = etcd.release().filter(release -> release.atLeast(3, 7));
    boolean open = etcd.value("discovery").orElse("").contains("//discovery.etcd.io");
    if (without.isPresent()) {
      String text = "etcd " + without.get() + " has no --discovery any more and ends at once";
      add("ETCD_DISCOVERY_REMOVED", CRITICAL, etcd, text, report);
    } else {
      String text =
          "--discovery is v2 discovery, deprecated in etcd 3.6 and removed in 3.7; its token serves"
              + " one cluster once: a member that starts without data and with a used token stays"
              + " out, or spoils the cluster";
      add("ETCD_DISCOVERY", WARNING, etcd, text, report);
    }
    if (host.isPresent() && EtcdBootstrapRules.hasData(etcd, host.get())) {
      String text =
          "this member has data, so it does not ask the discovery service; were the data lost, it"
              + " would ask with a used token";
      add("ETCD_DISCOVERY_WITH_DATA", WARNING, etcd, text, report);
    } else if (open) {
      String text =
          "discovery.etcd.io is not maintained any more: a member without data waits for it in"
              + " vain";
      add("ETCD_DISCOVERY_PUBLIC", host.isPresent() ? CRITICAL : WARNING, etcd, text, report);
    }
  }

  private static void add(
      String code, Severity severity, Program etcd, String text, Report report) {
    report.add(
        code,
        severity,
        etcd.pod(),
        etcd.place("discovery"),
        text,
        "use the static bootstrap: the same --initial-cluster, --initial-cluster-token and"
            + " --initial-cluster-state=new on all masters");
  }
}
