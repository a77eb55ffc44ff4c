package io.hasupervisor.command;

import static io.hasupervisor.command.PlacementBed.manifest;
import static io.hasupervisor.command.PlacementBed.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.control.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PlaceCommandTest {
  @TempDir Path root;

  private PlacementBed bed;

  @BeforeEach
  void bed() throws IOException {
    bed = new PlacementBed(root);
  }

  @AfterEach
  void noSecretIsEverPrinted() {
    assertFalse((bed.out + "" + bed.err).contains(PlacementBed.SECRET), bed.out + "" + bed.err);
  }

  private void then(String... statuses) {
    bed.statuses.addAll(List.of(statuses));
  }

  @Test
  void storesOrdersAndTellsEachChangeUntilItRuns() throws IOException {
    then(
        status("PLACING", 1, "etcd is starting"),
        status("PLACING", 1, "etcd is starting"),
        status("PLACING", 1, "kube-apiserver is starting"),
        status("SETTLING", 1, "all run"));
    assertEquals(0, bed.run("place", "--reason", "first"), bed.err.toString());
    assertEquals(
        """
        etcd.yaml: new
        kube-apiserver.yaml: new
        stored as revision 1
        placing begins
        PLACING: etcd is starting
        PLACING: kube-apiserver is starting
        SETTLING: all run
        """,
        bed.out.toString());
    assertEquals(List.of(1), bed.ordered);
    assertEquals(
        Optional.of(new Revision(1, PlacementBed.NOON, "alice", "first", bed.rendered)),
        bed.store().read(1));
  }

  @Test
  void aRollBackIsAFailureWithItsReason() throws IOException {
    then(
        status("PLACING", 1, "etcd is starting"),
        status("ROLLING_BACK", 1, "etcd ended 3 times"),
        status("ROLLED_BACK", 1, "etcd ended 3 times\nwith exit code 1"));
    assertEquals(1, bed.run("place"));
    assertEquals(
        "ha-supervisor: revision 1 does not run: etcd ended 3 times with exit code 1\n",
        bed.err.toString());
  }

  @Test
  void whatWasSoBeforeTheOrderIsNotTakenForItsEnd() throws IOException {
    bed.statuses.clear();
    String old = status("ROLLED_BACK", 1, "an earlier one failed");
    then(old, old, old, status("PLACED", 1, "all run"));
    assertEquals(0, bed.run("place"), bed.err.toString());
    assertFalse(bed.out.toString().contains("an earlier one"), bed.out.toString());
  }

  @Test
  void aDaemonThatHasNothingToDoIsBelievedAfterAWhile() throws IOException {
    bed.placed(bed.rendered.get(0), bed.rendered.get(1));
    bed.statuses.clear();
    then(status("PLACED", 1, "all run"));
    assertEquals(0, bed.run("place"), bed.err.toString());
    assertTrue(bed.out.toString().startsWith("etcd.yaml: unchanged\n"), bed.out.toString());
    assertEquals(1, bed.store().all().size(), "equal files make no new revision");
  }

  @Test
  void anotherRevisionThatRunsIsNotOurs() throws IOException {
    then(status("PLACED", 9, "all run"));
    assertEquals(1, bed.run("place"));
    assertTrue(bed.err.toString().contains("revision 9 runs, not 1"), bed.err.toString());
  }

  @Test
  void isFollowedNoLongerThanWanted() throws IOException {
    then(status("PLACING", 1, "etcd is starting"));
    assertEquals(4, bed.run("place", "--timeout", "20s"));
    assertEquals(20, bed.seconds);
    assertTrue(bed.err.toString().contains("see: ha-supervisor status"), bed.err.toString());
  }

  @Test
  void aDaemonThatIsSilentInBetweenIsWaitedFor() throws IOException {
    then("gone", "gone", status("PLACED", 1, "all run"));
    assertEquals(0, bed.run("place"), bed.err.toString());
    assertTrue(bed.out.toString().contains("placing begins\nno answer\nPLACED: all run\n"));
  }

  @Test
  void isNotFollowedWhereNobodyWaits() throws IOException {
    assertEquals(0, bed.run("place", "--no-wait"));
    assertEquals(0, bed.seconds);
    assertEquals(List.of(1), bed.ordered);
  }

  @Test
  void whoAcceptsTheLossOfQuorumIsToldThePrice() throws IOException {
    bed.answer = Reply.done("revision 1 is placed\nAt a price that was accepted: etcd is away.");
    assertEquals(0, bed.run("place", "--no-wait", "--accept-quorum-loss"));
    assertTrue(bed.accepted);
    assertTrue(
        bed.out
            .toString()
            .endsWith("revision 1 is placed\nAt a price that was accepted: etcd is away.\n"),
        bed.out.toString());
  }

  @Test
  void nobodyAcceptsTheLossOfQuorumUnasked() throws IOException {
    assertEquals(0, bed.run("place", "--no-wait"));
    assertFalse(bed.accepted);
  }

  @Test
  void aCriticalFindingStoresAndOrdersNothing() throws IOException {
    bed.critical();
    assertEquals(1, bed.run("place"));
    assertTrue(
        bed.err.toString().startsWith("etcd: CRITICAL MOUNT_WITHOUT_VOLUME: it is so\n"),
        bed.err.toString());
    assertTrue(bed.err.toString().contains("nothing was stored and nothing was placed"));
    nothingHappened();
  }

  @Test
  void aDryRunTellsWhatWouldChangeAndNeedsNoDaemon() throws IOException {
    bed.placed(manifest("etcd", "b"), bed.rendered.get(1), manifest("haproxy", "a"));
    bed.stands(manifest("kube-apiserver", "by hand"));
    assertEquals(0, bed.alone("place", "--dry-run"), bed.err.toString());
    assertEquals(
        """
        etcd.yaml: +1 -1 lines
        kube-apiserver.yaml: +1 -1 lines, over a file that ha-supervisor did not place
        haproxy.yaml: wanted no more; its file stays until you remove it
        nothing was placed: dry run; line by line: ha-supervisor manifests diff
        """,
        bed.out.toString());
    assertEquals(1, bed.store().all().size());
  }

  @Test
  void withoutADaemonNothingIsStored() throws IOException {
    assertEquals(3, bed.alone("place"));
    assertTrue(
        bed.err.toString().contains("nothing was stored and nothing was placed: the daemon is not")
            && bed.err.toString().contains("systemctl start ha-supervisor"),
        bed.err.toString());
    nothingHappened();
  }

  @Test
  void aDaemonThatKnowsNoMasterOrOnlyObservesIsNotOrdered() throws IOException {
    bed.statuses.clear();
    then(status(Optional.empty()));
    assertEquals(1, bed.run("place"));
    assertTrue(bed.err.toString().contains("ha-supervisor reload"), bed.err.toString());
    bed.statuses.clear();
    then(status("OBSERVED", 0, "kubeadm owns the directory"));
    assertEquals(1, bed.run("place"));
    assertTrue(bed.err.toString().contains("kubeadm owns the directory"), bed.err.toString());
    nothingHappened();
  }

  @Test
  void aRefusalOfTheDaemonIsTheCommands() throws IOException {
    bed.answer = Reply.refused("revision 3 is being placed");
    assertEquals(1, bed.run("place"));
    assertEquals(
        "ha-supervisor: revision 1 was not placed: revision 3 is being placed\n",
        bed.err.toString());
  }

  @Test
  void onlyRootMayAndOnlyOnAMaster() throws IOException {
    bed.user = 1000;
    assertEquals(1, bed.run("place"));
    assertTrue(bed.err.toString().contains("try: sudo "), bed.err.toString());
    bed.user = 0;
    bed.master = false;
    assertEquals(78, bed.run("place"));
    assertTrue(bed.err.toString().contains("ha-supervisor init"), bed.err.toString());
    nothingHappened();
  }

  @Test
  void aFileThatIsNoTextIsNotPlacedOver() throws IOException {
    Files.write(bed.directory.resolve("etcd.yaml"), new byte[] {(byte) 0xff, 'a'});
    assertEquals(1, bed.run("place"));
    assertTrue(bed.err.toString().contains("is not UTF-8"), bed.err.toString());
    nothingHappened();
  }

  private void nothingHappened() throws IOException {
    assertEquals(List.of(), bed.ordered);
    assertEquals(List.of(), bed.store().all());
    try (var files = Files.list(bed.state)) {
      assertEquals(0, files.count());
    }
  }
}
