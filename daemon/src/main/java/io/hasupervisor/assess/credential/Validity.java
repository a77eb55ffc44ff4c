package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.observe.credential.CertificateSeen;
import io.hasupervisor.observe.credential.Pair;
import io.hasupervisor.observe.credential.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The dates of certificates.
 *
 * @param at now, by this host's wall clock
 */
record Validity(Findings findings, Cures cures, CredentialSettings settings, Instant at) {
  /** The kubelet renews in the last 30 to 10 percent of a life. */
  private static final int LATE = 12;

  private static final int VERY_LATE = 30;

  void check(Pair pair, List<CertificateSeen> certificates) {
    CertificateSeen deciding = deciding(pair, certificates);
    if (deciding.notBefore().isAfter(at)) {
      early(pair, deciding);
    } else if (!deciding.notAfter().isAfter(at)) {
      expired(pair, deciding);
    } else {
      ending(pair, deciding);
    }
  }

  /** Of authorities the one that lasts longest helps, of a chain the first that ends breaks it. */
  private static CertificateSeen deciding(Pair pair, List<CertificateSeen> certificates) {
    Comparator<CertificateSeen> byEnd = Comparator.comparing(CertificateSeen::notAfter);
    return certificates.stream()
        .min(pair.role() == Role.CA ? byEnd.reversed() : byEnd)
        .orElseThrow();
  }

  private void early(Pair pair, CertificateSeen certificate) {
    String name = Words.name(pair.certificate());
    findings.add(
        "CERTIFICATE_NOT_YET_VALID",
        CRITICAL,
        pair.certificate(),
        name
            + " is valid only from "
            + certificate.notBefore()
            + ", by this host's clock in "
            + Words.length(Duration.between(at, certificate.notBefore()))
            + "; until then "
            + pair.fails()
            + " fails",
        "First compare this host's clock, which reads "
            + at
            + ", with another one: timedatectl. If it is right: "
            + cures.renew(pair));
  }

  private void expired(Pair pair, CertificateSeen certificate) {
    findings.add(
        "CERTIFICATE_EXPIRED",
        CRITICAL,
        pair.certificate(),
        Words.name(pair.certificate())
            + " expired on "
            + Words.date(certificate.notAfter())
            + ", "
            + Words.length(Duration.between(certificate.notAfter(), at))
            + " ago: "
            + pair.fails()
            + " fails",
        cures.renew(pair));
  }

  private void ending(Pair pair, CertificateSeen certificate) {
    Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
    Duration left = Duration.between(at, certificate.notAfter());
    Duration warn = settings.warnBefore();
    Duration critical = settings.criticalBefore();
    if (pair.renewsItself()) {
      warn = shorter(warn, life.dividedBy(LATE));
      critical = shorter(critical, life.dividedBy(VERY_LATE));
    }
    if (left.compareTo(warn) < 0 || left.compareTo(critical) < 0) {
      Severity severity = left.compareTo(critical) < 0 ? CRITICAL : WARNING;
      findings.add(
          "CERTIFICATE_EXPIRES",
          severity,
          pair.certificate(),
          Words.name(pair.certificate())
              + " expires in "
              + Words.length(left)
              + ", on "
              + Words.date(certificate.notAfter())
              + "; then "
              + pair.fails()
              + " fails",
          cures.renew(pair));
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
