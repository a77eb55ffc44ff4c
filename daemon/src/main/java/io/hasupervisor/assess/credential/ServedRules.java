package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.FileSeen;
import io.hasupervisor.observe.credential.ServedSeen;
import io.hasupervisor.observe.credential.ServedSeen.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether servers show what is on disk.
 *
 * @param disk certificate files by path
 * @param at now, by this host's wall clock
 */
record ServedRules(
    Findings findings,
    CredentialSettings settings,
    Map<Path, FileSeen<List<CertificateSeen>>> disk,
    Instant at) {
  /** So long a server may take to notice a new file. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  /** Everything that was shown. */
  void check(List<ServedSeen> served) {
    Set<String> told = new HashSet<>();
    for (ServedSeen server : served) {
      if (server.chain().isEmpty()) {
        continue;
      }
      if (told.add(server.service() + server.chain().getFirst().fingerprint())) {
        compare(server);
      }
    }
  }

  private void compare(ServedSeen server) {
    Optional<FileSeen<List<CertificateSeen>>> file =
        server.files().stream()
            .filter(disk::containsKey)
            .map(disk::get)
            .filter(each -> each.value().isPresent())
            .findFirst();
    CertificateSeen shown = server.chain().getFirst();
    file.ifPresent(
        seen -> {
          CertificateSeen own = seen.value().orElseThrow().getFirst();
          boolean settled =
              seen.access().filter(a -> a.changed().plus(GRACE).isBefore(at)).isPresent();
          if (!own.fingerprint().equals(shown.fingerprint()) && settled) {
            differs(server, seen.path(), shown, own);
          }
        });
  }

  private void differs(ServedSeen server, Path file, CertificateSeen shown, CertificateSeen own) {
    if (!shown.notBefore().isBefore(own.notBefore())) {
      findings.add(
          "SERVED_DIFFERS",
          WARNING,
          file,
          "the %s at %s shows another certificate (from %s) than %s, which is from %s"
              .formatted(
                  server.service(),
                  server.address(),
                  Words.date(shown.notBefore()),
                  file,
                  Words.date(own.notBefore())),
          "See which file its manifest or flags name.");
      return;
    }
    boolean soon = shown.notAfter().isBefore(at.plus(settings.criticalBefore()));
    Finding.Severity severity = soon ? CRITICAL : WARNING;
    findings.add(
        "RENEWED_NOT_RELOADED",
        severity,
        file,
        "the %s at %s still shows the certificate from before %s was renewed: it expires on %s, the new one on %s"
            .formatted(
                server.service(),
                server.address(),
                Words.name(file),
                Words.date(shown.notAfter()),
                Words.date(own.notAfter())),
        restart(server.service()));
  }

  private static String restart(Service service) {
    return switch (service) {
      case APISERVER -> container("kube-apiserver");
      case ETCD, ETCD_PEER -> "On one master at a time: " + container("etcd");
      case KUBELET -> "systemctl restart kubelet";
    };
  }

  private static String container(String name) {
    return "docker restart $(docker ps -q --filter label=io.kubernetes.container.name="
        + name
        + ")";
  }
}
