package io.hasupervisor.config;

import io.hasupervisor.act.EvidenceSpec;
import io.hasupervisor.host.UnitSpec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is saved about one service before it is killed. */
record EvidenceReader(Section section) {

  EvidenceSpec read(UnitSpec unit, Duration limit) {
    Optional<URI> url = section.get(EvidenceKeys.URL);
    ClientCertificate.check(
        section, EvidenceKeys.CERTIFICATE, EvidenceKeys.KEY, url.filter(Url::isHttps).isPresent());
    boolean journal = unit instanceof UnitSpec.Systemd;
    return new EvidenceSpec(
        section.get(EvidenceKeys.SIGNAL),
        section.get(EvidenceKeys.DUMPS),
        url,
        section.get(EvidenceKeys.CERTIFICATE),
        section.get(EvidenceKeys.KEY),
        log(unit),
        journal ? section.get(EvidenceKeys.JOURNAL_LINES) : 0,
        limit);
  }

  private Optional<Path> log(UnitSpec unit) {
    return unit instanceof UnitSpec.Exec exec && !section.has(EvidenceKeys.LOG)
        ? Optional.of(exec.log())
        : section.get(EvidenceKeys.LOG);
  }
}
