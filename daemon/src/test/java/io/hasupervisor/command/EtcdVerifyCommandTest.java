package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.HostReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check that the seed makes by hand, with its exit code. */
final class EtcdVerifyCommandTest {
  private static final String KEY = "/ha-supervisor/v1/c/verify/master-1";

  @TempDir Path directory;
  private EtcdBed bed;

  @BeforeEach
  void bed() throws Exception {
    bed = new EtcdBed(directory);
  }

  private int verify() throws Exception {
    int exit = bed.alone(new EtcdVerifyCommand(bed::scene));
    assertTrue(bed.closed || bed.user != 0);
    return exit;
  }

  @Test
  void writesReadsEverywhereRemovesAndTellsEachStepWithItsTime() throws Exception {
    assertEquals(0, verify());
    assertEquals(
        """
        ok  wrote %s through master-1, this host's member in 3 ms
        ok  read it through master-1, this host's member in 3 ms
        ok  read it through master-2 in 3 ms
        ok  read it through master-3 in 3 ms
        ok  removed it through master-1, this host's member in 3 ms
        etcd works, as proven through master-1, master-2 and master-3
        """
            .formatted(KEY),
        bed.out.toString());
    assertEquals(Map.of(), bed.store);
  }

  @Test
  void membersHaveTheirNamesAsSoonAsAListIsKnown() throws Exception {
    bed.unnamed = 1;
    assertEquals(0, verify());
    assertTrue(bed.out.toString().contains("through master-3 in 3 ms"), bed.out::toString);
  }

  @Test
  void withoutAnyListMembersAreNamedByTheirAddresses() throws Exception {
    bed.unnamed = 9;
    assertEquals(0, verify());
    assertTrue(bed.out.toString().contains("through " + EtcdBed.url(3)), bed.out::toString);
  }

  @Test
  void aMemberOnLoopbackIsNotAskedAndIsNoFault() throws Exception {
    bed.loopback.addAll(List.of(EtcdBed.url(2), EtcdBed.url(3)));
    bed.attestations.add(
        new Attestation(
            EtcdBed.id(2),
            EtcdBed.CLUSTER,
            "master-2",
            "m",
            "b",
            7,
            70,
            80,
            "3.4.23",
            Duration.ZERO,
            List.of(),
            true,
            "HEALTHY",
            "HEALTHY",
            "none",
            HostReport.NONE,
            EtcdBed.NOON));
    assertEquals(0, verify());
    String out = bed.out.toString();
    assertTrue(
        out.contains(
            "--  master-2 cannot be asked from here: it serves clients on loopback only; its daemon"
                + " last wrote at 2026-11-25T12:00:00Z that it is well (revision 70)\n"),
        out);
    assertTrue(out.contains("its daemon has written nothing of it: run this there\n"), out);
    assertTrue(out.endsWith("through master-1; not to be asked from here: 2\n"), out);
    assertFalse(bed.asked.contains("list " + EtcdBed.url(2)));
  }

  @Test
  void aMemberThatRefusesClientsButNotPeersServesLoopbackAndIsNoFault() throws Exception {
    bed.broken.put(EtcdBed.url(2), Fault.REFUSED);
    bed.refusingClients.add(EtcdBed.url(2));
    assertEquals(0, verify());
    assertTrue(bed.out.toString().contains("--  master-2 cannot be asked"), bed.out::toString);
  }

  @Test
  void aMemberThatFailsIsNamedAndTheOthersAreAskedAllTheSame() throws Exception {
    bed.broken.put(EtcdBed.url(2), Fault.REFUSED);
    assertEquals(4, verify());
    String out = bed.out.toString();
    assertTrue(
        out.contains("!!  could not read through master-2: connection refused (after 3 ms)\n"),
        out);
    assertTrue(out.contains("ok  read it through master-3"), out);
    assertEquals(Map.of(), bed.store);
  }

  @Test
  void whereNothingCanBeWrittenNothingElseIsClaimed() throws Exception {
    bed.broken.put("put", Fault.NO_SPACE);
    assertEquals(5, verify());
    String out = bed.out.toString();
    assertTrue(out.contains("!!  could not write through master-1"), out);
    assertTrue(out.contains("space exceeded"), out);
    assertTrue(out.contains("see: ha-supervisor etcd status"), out);
    assertFalse(bed.asked.contains("list " + EtcdBed.url(2)));
  }

  @Test
  void whereTheOwnMemberIsSilentNoOtherStandsInForIt() throws Exception {
    bed.broken.put(EtcdBed.url(1), Fault.TIMEOUT);
    assertEquals(5, verify());
    assertTrue(
        bed.out.toString().startsWith("!!  could not read through master-1"), bed.out::toString);
    assertEquals(List.of("list " + EtcdBed.url(1)), bed.asked);
  }

  @Test
  void whatAnInterruptedRunLeftBehindIsRemovedFirst() throws Exception {
    bed.store.put(KEY, "old".getBytes(StandardCharsets.UTF_8));
    bed.store.put(KEY + "0", "of another host".getBytes(StandardCharsets.UTF_8));
    assertEquals(0, verify());
    assertTrue(
        bed.out.toString().startsWith("ok  removed what an interrupted run left behind in 3 ms\n"),
        bed.out::toString);
    assertEquals(java.util.Set.of(KEY + "0"), bed.store.keySet());
  }

  @Test
  void aKeyThatCannotBeRemovedIsLeftToTheNextRun() throws Exception {
    bed.broken.put("delete", Fault.TIMEOUT);
    assertEquals(4, verify());
    assertTrue(bed.out.toString().contains("; the next run does\n"), bed.out::toString);
  }

  @Test
  void onlyRootMayDoIt() throws Exception {
    bed.user = 1000;
    assertEquals(1, verify());
    assertEquals(0, bed.looks);
  }
}
