package io.hasupervisor.assess.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.hostfiles.DiskSeen;
import io.hasupervisor.observe.hostfiles.FakeHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskRuleTest {
  private static final long MIB = 1L << 20;

  @TempDir Path directory;

  private List<Finding> findings(DiskSeen seen) throws Exception {
    FakeHost host = new FakeHost(directory).data(Path.of("/var/lib/et cd"), false);
    return DiskRule.findings(host.master(), seen);
  }

  private static void is(String code, Severity severity, List<Finding> found) {
    assertEquals(
        severity == null ? List.of() : List.of(code + " " + severity),
        found.stream().map(finding -> finding.code() + " " + finding.severity()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "20000,100000,100,",
    "2000,10000,100,",
    "1999,10000,100,WARNING",
    "1000,10000,100,WARNING",
    "999,10000,100,CRITICAL",
    "0,10000,0,CRITICAL",
    // Sixteen GiB are enough, however small a part they are.
    "16384,1000000,100,",
    "16383,1000000,100,CRITICAL",
    // Room for a copy of the database and what it grows meanwhile.
    "8000,10000,4000,",
    "8000,10000,4001,CRITICAL",
    "17000,1000000,8500,",
    "17000,1000000,8501,CRITICAL",
    "-1,-1,4000,",
    "0,0,4000,",
  })
  void roomIsAPartOfTheDiskAndTwiceTheDatabase(
      long usable, long total, long database, Severity severity) throws Exception {
    is(
        "DATA_SPACE",
        severity,
        findings(new DiskSeen(usable * MIB, total * MIB, 0, 0, database * MIB, List.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "200,1000,",
    "199,1000,WARNING",
    "100,1000,WARNING",
    "99,1000,CRITICAL",
    "0,1000,CRITICAL",
    "100000,10000000,",
    "99999,10000000,CRITICAL",
    "0,0,",
  })
  void inodesAreNeededTooWhereTheyAreCounted(long free, long all, Severity severity)
      throws Exception {
    is("DATA_INODES", severity, findings(new DiskSeen(-1, -1, free, all, 0, List.of())));
  }

  @Test
  void theTextSaysTheThresholdAndTheCureCanBeCopiedIntoAShell() throws Exception {
    Finding finding =
        findings(new DiskSeen(1500 * MIB, 10_000 * MIB, 0, 0, 0, List.of())).getFirst();
    assertEquals(
        "/var/lib/et cd has 1500 MiB of 10000 MiB left (warning below 20 %): etcd stops when it"
            + " cannot write",
        finding.text());
    assertTrue(finding.cure().contains("--max-depth=2 '/var/lib/et cd' |"), finding.cure());
    Finding tight =
        findings(new DiskSeen(9000 * MIB, 10_000 * MIB, 0, 0, 5000 * MIB, List.of())).getFirst();
    assertTrue(
        tight.text().contains("critical below twice the database, which has 5000 MiB"),
        tight.text());
  }

  @Test
  void theNewestErrorIsShownWithoutItsControlCharacters() throws Exception {
    DiskSeen seen =
        new DiskSeen(
            -1,
            -1,
            0,
            0,
            0,
            List.of(
                new DiskSeen.Complaint(Duration.ofHours(24), "older than a day"),
                new DiskSeen.Complaint(Duration.ofHours(2), "first"),
                new DiskSeen.Complaint(Duration.ofMinutes(7), "second\u001b[2J")));
    Finding finding = findings(seen).getFirst();
    assertEquals("DISK_ERRORS CRITICAL", finding.code() + " " + finding.severity());
    assertTrue(
        finding.text().contains("2 errors of the disk of /var/lib/et cd in the last 24 h, 7 min"),
        finding.text());
    assertTrue(finding.text().endsWith("\"second\uFFFD[2J\""), finding.text());
  }
}
