package io.hasupervisor.command;

import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.CredentialsSeen;
import io.hasupervisor.observe.credential.FileSeen;
import io.hasupervisor.observe.credential.PairSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One certificate of a master.
 *
 * @param file in which it is, the kubeconfig where it is embedded
 */
record CertificateLine(Path file, CertificateSeen certificate, long daysLeft) {

  /** The first certificate of each file, in the order of the files. */
  static List<CertificateLine> all(CredentialsSeen seen) {
    Stream<FileSeen<List<CertificateSeen>>> files =
        Stream.of(
                seen.pairs().stream().map(PairSeen::certificate),
                seen.kubeconfigs().stream()
                    .flatMap(config -> config.file().value().stream())
                    .flatMap(said -> said.client().stream())
                    .map(PairSeen::certificate),
                seen.kubeletServing().stream())
            .flatMap(each -> each);
    return files
        .flatMap(
            file ->
                file.value().stream()
                    .map(List::getFirst)
                    .map(certificate -> line(seen, file.path(), certificate)))
        .toList();
  }

  private static CertificateLine line(
      CredentialsSeen seen, Path file, CertificateSeen certificate) {
    Duration left = Duration.between(seen.at(), certificate.notAfter());
    return new CertificateLine(
        file, certificate, Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds()));
  }
}
