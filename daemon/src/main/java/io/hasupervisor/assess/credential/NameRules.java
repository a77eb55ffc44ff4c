package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.cluster.ServerNames;
import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names and addresses in servers' certificates: who connects by another one refuses them. */
record NameRules(Findings findings, Cures cures, Master master) {

  void check(Pair pair, CertificateSeen own) {
    switch (pair.role()) {
      case APISERVER -> apiserver(pair, own);
      case ETCD_SERVER -> etcdServer(pair, own);
      case ETCD_PEER ->
          require(
              pair,
              own,
              "SAN_NODE",
              CRITICAL,
              List.of(master.node().address()),
              "the other etcd members refuse this one");
      case CA, CLIENT -> {}
    }
  }

  private void apiserver(Pair pair, CertificateSeen own) {
    Cluster cluster = master.cluster();
    cluster
        .loadBalancer()
        .ifPresent(
            lb ->
                require(
                    pair,
                    own,
                    "SAN_LOAD_BALANCER",
                    CRITICAL,
                    List.of(lb.host()),
                    "kubelets and clients that come through the load balancer refuse this"
                        + " apiserver"));
    require(
        pair,
        own,
        "SAN_NODE",
        WARNING,
        List.of(master.node().name(), master.node().address()),
        "who connects to this master itself refuses it");
    require(
        pair,
        own,
        "SAN_SERVICE",
        WARNING,
        ServerNames.service(cluster),
        "pods that reach the apiserver by its service refuse it");
    require(
        pair,
        own,
        "SAN_LOOPBACK",
        ADVICE,
        ServerNames.LOOPBACK,
        "checks on this host by it must not verify the name");
    if (master.profile() == Profile.SEED) {
      others(pair, own);
    }
  }

  /** The key is the same on all masters, so the certificate may as well be. */
  private void others(Pair pair, CertificateSeen own) {
    List<String> others = new ArrayList<>(master.cluster().masters().values());
    others.remove(master.node().address());
    require(pair, own, "SAN_MASTERS", ADVICE, others, "it cannot be the same file on all masters");
  }

  private void etcdServer(Pair pair, CertificateSeen own) {
    require(
        pair,
        own,
        "SAN_LOOPBACK",
        CRITICAL,
        List.of("127.0.0.1"),
        "the apiserver, which reaches etcd by it, refuses it");
    require(
        pair,
        own,
        "SAN_NODE",
        WARNING,
        List.of(master.node().address()),
        "other hosts refuse this etcd member");
  }

  private void require(
      Pair pair,
      CertificateSeen own,
      String code,
      Severity severity,
      List<String> wanted,
      String consequence) {
    List<String> missing = wanted.stream().filter(name -> !covers(own.names(), name)).toList();
    if (!missing.isEmpty()) {
      String all = Words.list(missing);
      findings.add(
          code,
          severity,
          pair.certificate(),
          Words.name(pair.certificate()) + " is not for " + all + ": " + consequence,
          cures.renewWith(pair, all));
    }
  }

  /** A wildcard stands for one label (RFC 6125, section 6.4.3). */
  static boolean covers(Set<String> names, String wanted) {
    String name = Addresses.canonical(wanted);
    int dot = name.indexOf('.');
    return names.contains(name)
        || (dot > 0 && !Addresses.isAddress(name) && names.contains("*" + name.substring(dot)));
  }
}
