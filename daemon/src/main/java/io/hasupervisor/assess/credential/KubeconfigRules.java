package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.ServerNames;
import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.KubeconfigSeen;
import io.hasupervisor.observe.credential.Layout.Kubeconfig;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a kubeconfig leads, and whom it trusts. */
record KubeconfigRules(Findings findings, Master master) {

  /**
   * One kubeconfig.
   *
   * @param own our authorities; empty where they are not known
   */
  void check(Kubeconfig wanted, KubeconfigSeen seen, Optional<List<CertificateSeen>> own) {
    Path file = wanted.file();
    String name = Words.name(file);
    seen.host()
        .ifPresentOrElse(
            host -> server(file, host),
            () ->
                findings.add(
                    "KUBECONFIG_SERVER",
                    CRITICAL,
                    file,
                    name + " names the server " + Quote.of(seen.server()) + ", no https address",
                    "Write server: https://" + expected()));
    if (!seen.verifies()) {
      findings.add(
          "KUBECONFIG_INSECURE",
          WARNING,
          file,
          name + " does not verify the apiserver: whoever answers there gets its credentials",
          "Delete insecure-skip-tls-verify.");
    } else {
      trust(wanted, seen, own);
    }
  }

  private void server(Path file, String host) {
    String server = Addresses.canonical(host.replaceAll("[\\[\\]]", ""));
    boolean balanced =
        master.cluster().loadBalancer().filter(lb -> same(lb.host(), server)).isPresent();
    boolean local =
        same(master.node().address(), server)
            || same(master.node().name(), server)
            || same("::1", server)
            || ServerNames.LOOPBACK.contains(server);
    if (balanced || local) {
      return;
    }
    boolean other =
        master.cluster().masters().entrySet().stream()
            .anyMatch(each -> same(each.getKey(), server) || same(each.getValue(), server));
    Severity severity = other || Addresses.isAddress(server) ? WARNING : ADVICE;
    findings.add(
        "KUBECONFIG_SERVER",
        severity,
        file,
        Words.name(file)
            + " leads to "
            + Quote.bare(host)
            + ", "
            + (other
                ? "another master: it is cut off when that one is down"
                : "neither the load balancer nor this master"),
        "Write server: https://" + expected());
  }

  private static boolean same(String configured, String canonical) {
    return Addresses.canonical(configured).equals(canonical);
  }

  private String expected() {
    return master
        .cluster()
        .loadBalancer()
        .map(lb -> lb.host() + ":" + lb.port())
        .orElse(master.node().address() + ":" + master.profile().apiserverPort());
  }

  private void trust(Kubeconfig wanted, KubeconfigSeen seen, Optional<List<CertificateSeen>> own) {
    Optional<List<CertificateSeen>> trusted = seen.authorities().flatMap(file -> file.value());
    String name = Words.name(wanted.file());
    if (trusted.isEmpty()) {
      findings.add(
          "KUBECONFIG_CA",
          CRITICAL,
          wanted.file(),
          name + " names no authority that can be read: " + wanted.fails() + " fails",
          "Put ca.crt into it: certificate-authority-data.");
    } else if (own.isPresent()
        && trusted.get().stream().noneMatch(theirs -> known(theirs, own.get()))) {
      findings.add(
          "KUBECONFIG_CA",
          CRITICAL,
          wanted.file(),
          name
              + " trusts another authority than ca.crt: it refuses the apiserver, and "
              + wanted.fails()
              + " fails",
          "Put ca.crt into it: certificate-authority-data.");
    }
  }

  private static boolean known(CertificateSeen theirs, List<CertificateSeen> own) {
    return own.stream().anyMatch(ours -> ours.keyId().equals(theirs.keyId()));
  }
}
