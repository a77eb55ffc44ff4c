package io.hasupervisor.command;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.loop.CredentialInspection.Report;
import io.hasupervisor.observe.credential.ServedSeen;
import java.time.ZoneOffset;
import java.util.List;

/** Credentials and what is wrong with them, for a terminal. */
final class CredentialsText {
  private CredentialsText() {}

  static String of(Master master, Report report) {
    StringBuilder text = new StringBuilder();
    List<CertificateLine> lines = CertificateLine.all(report.seen());
    int width = lines.stream().mapToInt(line -> line.file().toString().length()).max().orElse(0);
    if (!lines.isEmpty()) {
      String row = "%-" + width + "s  %-10s  %10s  %s%n";
      text.append(row.formatted("CERTIFICATE", "EXPIRES", "DAYS LEFT", "SUBJECT"));
      for (CertificateLine line : lines) {
        text.append(
            row.formatted(
                line.file(),
                line.certificate().notAfter().atOffset(ZoneOffset.UTC).toLocalDate(),
                line.daysLeft(),
                line.certificate().subject()));
      }
      text.append('\n');
    }
    report.seen().served().forEach(server -> text.append(shown(server)));
    report.findings().forEach(finding -> text.append(finding(finding)));
    return text.append(sum(master, report.findings())).toString();
  }

  private static String shown(ServedSeen server) {
    return "%s at %s: %s%n"
        .formatted(
            server.service(),
            server.address(),
            server.chain().isEmpty()
                ? "shows no certificate within 2 s"
                : "shows " + server.chain().getFirst().fingerprint().substring(0, 16) + "…");
  }

  private static String finding(Finding finding) {
    return "%n%-8s  %s  %s%n          %s%n"
        .formatted(finding.severity(), finding.code(), finding.text(), finding.cure());
  }

  private static String sum(Master master, List<Finding> findings) {
    return "%n%s, profile %s: %d critical, %d warnings, %d advice%n"
        .formatted(
            master.node().name(),
            master.profile().label(),
            count(findings, Severity.CRITICAL),
            count(findings, Severity.WARNING),
            count(findings, Severity.ADVICE));
  }

  private static long count(List<Finding> findings, Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }
}
