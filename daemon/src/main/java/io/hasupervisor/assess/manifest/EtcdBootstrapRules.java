package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.manifest.HostFacts;
import io.hasupervisor.yaml.Quote;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How an etcd member finds the others at its first start, where it is told them by a flag. */
final class EtcdBootstrapRules {
  private EtcdBootstrapRules() {}

  static void judge(
      Program etcd, Optional<Master> master, Optional<HostFacts> host, Report report) {
    Optional<String> cluster = etcd.value("initial-cluster");
    if (cluster.isPresent()) {
      members(etcd, cluster.get(), master, report);
      token(etcd, report);
      if (host.isPresent()) {
        state(etcd, hasData(etcd, host.get()), report);
      }
    } else if (etcd.flag("discovery").isEmpty()
        && etcd.flag("discovery-srv").isEmpty()
        && etcd.flag("config-file").isEmpty()) {
      report.add(
          "ETCD_ALONE",
          WARNING,
          etcd.pod(),
          etcd.container().place(),
          "etcd has neither --initial-cluster nor --discovery: it forms a cluster of its own",
          "add --initial-cluster with all masters");
    }
  }

  /** Whether this member has been started here before. */
  static boolean hasData(Program etcd, HostFacts host) {
    return HostPaths.onHost(etcd.pod(), etcd.container(), HostPaths.etcdData(etcd))
        .filter(data -> host.present(HostPaths.member(data)))
        .isPresent();
  }

  /** etcd itself ends where its own entry is missing or differs. */
  private static void members(
      Program etcd, String cluster, Optional<Master> master, Report report) {
    Map<String, String> members = new LinkedHashMap<>();
    for (String member : cluster.split(",", 100)) {
      String[] parts = member.strip().split("=", 2);
      members.merge(parts[0], parts.length == 2 ? parts[1] : "", (a, b) -> a + "," + b);
    }
    String name = etcd.value("name").orElse("default");
    String mine = members.getOrDefault(name, "");
    Optional<String> peers = etcd.value("initial-advertise-peer-urls");
    if (!members.containsKey(name)) {
      bad(etcd, "does not name this member, " + Quote.of(name), "add " + name, report);
    } else if (peers.isPresent() && !sorted(peers.get()).equals(sorted(mine))) {
      String differs =
          "has " + mine + " for this member, but --initial-advertise-peer-urls is " + peers.get();
      bad(etcd, differs, "make them equal", report);
    }
    Set<String> masters = master.map(m -> m.cluster().masters().keySet()).orElse(Set.of());
    if (!masters.isEmpty() && !masters.equals(members.keySet())) {
      report.add(
          "ETCD_OTHER_MEMBERS",
          WARNING,
          etcd.pod(),
          etcd.place("initial-cluster"),
          "--initial-cluster names "
              + String.join(", ", members.keySet())
              + ", the configuration "
              + String.join(", ", masters)
              + ": they must be the same masters",
          "correct the one that is wrong, on all masters alike");
    }
  }

  private static void bad(Program etcd, String what, String cure, Report report) {
    report.add(
        "ETCD_INITIAL_CLUSTER",
        CRITICAL,
        etcd.pod(),
        etcd.place("initial-cluster"),
        "--initial-cluster " + what + ": etcd ends at its first start",
        cure);
  }

  private static Set<String> sorted(String urls) {
    return new TreeSet<>(Arrays.asList(urls.split(",", 100)));
  }

  private static void token(Program etcd, Report report) {
    if (etcd.value("initial-cluster-token").isEmpty()) {
      report.add(
          "ETCD_TOKEN_MISSING",
          WARNING,
          etcd.pod(),
          etcd.place("initial-cluster"),
          "etcd has no --initial-cluster-token: members of two clusters made like this one may take"
              + " each other for their own",
          "add --initial-cluster-token, equal on all masters and new for every new cluster");
    }
  }

  private static void state(Program etcd, boolean data, Report report) {
    boolean existing = etcd.value("initial-cluster-state").orElse("new").equals("existing");
    if (data && !existing) {
      report.add(
          "ETCD_STATE_NEW",
          ADVICE,
          etcd.pod(),
          etcd.place("initial-cluster-state"),
          "--initial-cluster-state is new though this member has data: etcd does not look at it"
              + " now, but were the data lost, it could begin an empty cluster",
          "once all members run, set it to existing");
    } else if (!data && existing) {
      report.add(
          "ETCD_STATE_EXISTING",
          ADVICE,
          etcd.pod(),
          etcd.place("initial-cluster-state"),
          "--initial-cluster-state is existing and this member has no data: it joins only if the"
              + " cluster knows it",
          "for a new member first: etcdctl member add");
    }
  }
}
