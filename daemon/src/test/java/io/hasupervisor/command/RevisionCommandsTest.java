package io.hasupervisor.command;

import static io.hasupervisor.command.PlacementBed.manifest;
import static io.hasupervisor.command.PlacementBed.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.cluster.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** History, rollback and accept. */
@Timeout(60)
final class RevisionCommandsTest {
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

  private String errors() {
    return bed.err.toString();
  }

  /** Revision 1 is good, 2 is current; both are stored. */
  private void twoRevisions() throws IOException {
    bed.placed(manifest("etcd", "a"), manifest("kube-apiserver", "a"));
    bed.store()
        .store(
            List.of(manifest("etcd", "b"), manifest("kube-apiserver", "a")),
            "alice\033[2J",
            "etcd 3.5",
            PlacementBed.NOON.plusSeconds(60));
    bed.store().current(2);
    bed.stands(manifest("etcd", "b"));
  }

  @Test
  void historyShowsWhoWhyAndWhatChangedNewestFirst() throws IOException {
    assertEquals(0, bed.alone("history"));
    assertTrue(bed.out.toString().startsWith("nothing was stored yet"), bed.out.toString());
    twoRevisions();
    bed.out.getBuffer().setLength(0);
    assertEquals(0, bed.alone("history"));
    assertEquals(
        """
        REVISION  WHEN                  BY            MARKS          WHY
        2         2026-11-25 12:01:00Z  alice [2J     current        etcd 3.5
          etcd
        1         2026-11-25 12:00:00Z  bob           good           first
          etcd, kube-apiserver
        """,
        bed.out.toString());
  }

  @Test
  void historyNamesADamagedRevision() throws IOException {
    twoRevisions();
    Path stored = bed.state.resolve("manifests/rev-2/etcd.yaml");
    Files.writeString(stored, "other");
    assertEquals(0, bed.alone("history"));
    assertTrue(
        bed.out.toString().lines().anyMatch(line -> line.startsWith("damaged, and never placed: ")),
        bed.out.toString());
    assertFalse(bed.out.toString().contains("etcd 3.5"), bed.out.toString());
  }

  @Test
  void historyAsJsonHasHashesAndNoContent() throws IOException {
    twoRevisions();
    assertEquals(0, bed.alone("history", "--json"));
    JsonNode json = new ObjectMapper().readTree(bed.out.toString());
    assertEquals(2, json.get("current").asInt());
    assertEquals(1, json.get("lastKnownGood").asInt());
    assertEquals("etcd 3.5", json.at("/revisions/1/why").asText());
    assertEquals(
        manifest("etcd", "b").sha256(), json.at("/revisions/1/manifests/0/sha256").asText());
    assertEquals(0, json.get("damaged").size());
  }

  @Test
  void rollbackPlacesTheLastKnownGoodAndFollowsIt() throws IOException {
    twoRevisions();
    bed.statuses.add(status("PLACING", 1, "etcd is starting"));
    bed.statuses.add(status("PLACED", 1, "all run"));
    assertEquals(0, bed.run("rollback"), errors());
    assertEquals(List.of(1), bed.ordered);
    assertEquals(
        """
        etcd.yaml: +1 -1 lines
        kube-apiserver.yaml: unchanged
        placing begins
        PLACING: etcd is starting
        PLACED: all run
        """,
        bed.out.toString());
    assertEquals(2, bed.store().all().size());
  }

  @Test
  void rollbackNeedsARevisionThatIsThereAndWhole() throws IOException {
    assertEquals(1, bed.run("rollback"));
    assertTrue(errors().contains("no revision is known to be good yet"), errors());
    twoRevisions();
    assertEquals(2, bed.run("rollback", "7"));
    assertTrue(errors().contains("there is no revision 7; there are: 1, 2"), errors());
    Files.writeString(bed.state.resolve("manifests/rev-1/etcd.yaml"), "other");
    assertEquals(1, bed.run("rollback", "1"));
    assertEquals(List.of(), bed.ordered);
  }

  @Test
  void rollbackToWhatIsCurrentMustBeNamed() throws IOException {
    bed.placed(manifest("etcd", "a"));
    assertEquals(1, bed.run("rollback"));
    assertTrue(errors().contains("to place it again: "), errors());
    assertEquals(0, bed.run("rollback", "1", "--no-wait"), errors());
    assertEquals(List.of(1), bed.ordered);
  }

  @Test
  void acceptStoresTheEditedFilesAsTheyStand() throws IOException {
    bed.placed(manifest("etcd", "a"), manifest("kube-apiserver", "a"));
    bed.stands(manifest("etcd", "by hand"));
    bed.stands(manifest("kube-apiserver", "by hand"));
    assertEquals(0, bed.run("accept", "etcd", "--no-wait"), errors());
    assertEquals(List.of(2), bed.ordered);
    assertTrue(bed.out.toString().contains("\n---flag=a\n+--flag=by hand\n"), bed.out.toString());
    assertEquals(
        List.of(manifest("etcd", "by hand"), manifest("kube-apiserver", "a")),
        bed.store().read(2).orElseThrow().manifests());
    assertEquals("accepted as edited: etcd", bed.store().read(2).orElseThrow().why());
  }

  @Test
  void acceptWithoutNamesTakesAllAndLeavesMissingOnesAsTheyWere() throws IOException {
    bed.placed(manifest("etcd", "a"), manifest("kube-apiserver", "a"));
    bed.stands(manifest("etcd", "by hand"));
    Files.delete(bed.directory.resolve("kube-apiserver.yaml"));
    assertEquals(0, bed.run("accept", "--no-wait"), errors());
    assertEquals(
        List.of(manifest("etcd", "by hand"), manifest("kube-apiserver", "a")),
        bed.store().read(2).orElseThrow().manifests());
  }

  @Test
  void acceptTakesTheFilesOfAMasterOnWhichNothingWasPlacedYet() throws IOException {
    bed.stands(manifest("etcd", "by hand"));
    assertEquals(0, bed.run("accept", "--no-wait"), errors());
    assertEquals(
        manifest("etcd", "by hand"), bed.store().read(1).orElseThrow().manifests().getFirst());
  }

  @Test
  void acceptDoesNothingWhereNothingWasEditedOrSomethingIsCritical() throws IOException {
    bed.placed(manifest("etcd", "a"));
    assertEquals(0, bed.run("accept"), errors());
    assertTrue(bed.out.toString().contains("nothing to accept"), bed.out.toString());
    bed.stands(manifest("etcd", "by hand"));
    bed.critical();
    assertEquals(1, bed.run("accept"));
    assertTrue(errors().contains("nothing was stored and nothing was placed"), errors());
    assertEquals(1, bed.store().all().size());
    assertEquals(List.of(), bed.ordered);
  }

  @Test
  void acceptNamesWhatItDoesNotKnow() throws IOException {
    bed.placed(manifest("etcd", "a"));
    assertEquals(2, bed.run("accept", "etdc"));
    assertTrue(
        errors().contains("there is no manifest \"etdc\"; did you mean \"etcd\"?"), errors());
    Files.delete(bed.directory.resolve("etcd.yaml"));
    assertEquals(1, bed.run("accept", "etcd"));
    assertTrue(errors().contains("to accept"), errors());
    assertEquals(List.of(), bed.ordered);
  }

  @Test
  void aSecretThatWasEditedIsNotShown() throws IOException {
    bed.placed(new Manifest("etcd", "t", "--token=old" + PlacementBed.SECRET + "\n"));
    bed.stands(new Manifest("etcd", "t", "--token=new" + PlacementBed.SECRET + "\n"));
    assertEquals(0, bed.run("accept", "--no-wait"), errors());
    assertTrue(bed.out.toString().contains("(edited)"), bed.out.toString());
  }

  @Test
  void theGroupOfTheCommandLineHasThem() {
    CommandLine group = new CommandLine(new ManifestsCommand());
    for (String name : List.of("place", "history", "rollback", "accept")) {
      String help = Objects.requireNonNull(group.getSubcommands().get(name)).getUsageMessage();
      assertTrue(help.contains("Exit codes:") && help.contains("Example"), help);
    }
  }

  @Test
  void whoCalledSudoIsWhoDidIt() {
    assertEquals("alice", PlacementWorld.name(java.util.Map.of("SUDO_USER", "alice")));
    assertEquals(System.getProperty("user.name"), PlacementWorld.name(java.util.Map.of()));
  }
}
