package io.hasupervisor.assess.manifest;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.yaml.Quote;
import java.util.List;
import java.util.Optional;

/** The apiserver: its way to etcd, its open doors, its keys. */
final class ApiserverRules {
  private ApiserverRules() {}

  /**
   * Judges one apiserver.
   *
   * @param etcds the members among the same manifests
   */
  static void judge(Program apiserver, List<Program> etcds, Report report) {
    etcdServers(apiserver, etcds, report);
    insecurePort(apiserver, report);
    if (apiserver.value("service-account-key-file").isEmpty()) {
      report.add(
          "NO_SERVICE_ACCOUNT_KEY",
          WARNING,
          apiserver.pod(),
          apiserver.container().place(),
          "the apiserver has no --service-account-key-file, so it checks tokens with the key of its"
              + " TLS certificate: unless that key is the same on all masters, tokens fail on some"
              + " of them",
          "add --service-account-key-file with a key that is the same on all masters");
    }
  }

  private static void etcdServers(Program apiserver, List<Program> etcds, Report report) {
    List<Endpoint> servers = apiserver.urls("etcd-servers");
    for (Endpoint server : servers) {
      Optional<Program> local = etcds.stream().filter(etcd -> server.loopback()).findFirst();
      if (local.isPresent() && !serves(local.get(), server)) {
        report.add(
            "ETCD_SERVERS",
            CRITICAL,
            apiserver.pod(),
            apiserver.place("etcd-servers"),
            "--etcd-servers asks "
                + server
                + ", but etcd listens at "
                + local.get().value("listen-client-urls").map(Quote::bare).orElse("its default")
                + ": the apiserver never gets ready",
            "make scheme, address and port equal to one of etcd's --listen-client-urls");
      }
    }
    if (!servers.isEmpty() && servers.stream().allMatch(Endpoint::loopback)) {
      report.add(
          "ETCD_SERVERS_LOCAL",
          ADVICE,
          apiserver.pod(),
          apiserver.place("etcd-servers"),
          "--etcd-servers names this host's member alone: while that member is out, so is this"
              + " apiserver",
          "let the load balancer ask its /healthz, never only its port");
    }
  }

  private static boolean serves(Program etcd, Endpoint server) {
    List<Endpoint> listening = etcd.urls("listen-client-urls");
    return listening.isEmpty()
        || listening.stream().anyMatch(l -> l.serves(server) && l.scheme().equals(server.scheme()));
  }

  private static void insecurePort(Program apiserver, Report report) {
    boolean off = apiserver.value("insecure-port").orElse("").equals("0");
    for (String name : List.of("address", "insecure-bind-address", "insecure-port", "port")) {
      Optional<Flag> flag = apiserver.flag(name);
      if (flag.isEmpty() || off) {
        continue;
      }
      String address =
          apiserver
              .value("insecure-bind-address")
              .or(() -> apiserver.value("address"))
              .orElse("127.0.0.1");
      boolean open = !new Endpoint("http", address, 0).loopback();
      report.add(
          "INSECURE_PORT",
          open ? CRITICAL : ADVICE,
          apiserver.pod(),
          flag.get().place(),
          "--"
              + name
              + " opens the port that asks for no credentials, at "
              + address
              + ": whoever"
              + " reaches it is the cluster's administrator",
          open
              ? "bind it to 127.0.0.1"
              : "let nobody on this host whom you would not give the cluster");
      return;
    }
  }
}
