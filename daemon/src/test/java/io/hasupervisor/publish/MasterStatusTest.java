package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.publish.Status.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the status tells of a master's static pods. */
final class MasterStatusTest {
  @Test
  void theSummaryNamesWhatIsWrongWithAMastersPods() {
    Status well = Masters.status(Masters.WELL);
    assertEquals(Level.OK, well.verdict());
    assertEquals("docker is healthy; all manifests run as placed.", well.summary());
    Status sick = Masters.status(Masters.SICK);
    assertEquals(Level.CRITICAL, sick.verdict());
    assertEquals(
        "docker is healthy; the manifests were rolled back to revision 7; kube-apiserver still runs"
            + " as before; the file of etcd is not as placed; 1 critical finding (SAN_LB);"
            + " 1 warning (DATA_MODE).",
        sick.summary());
    assertEquals(Level.CRITICAL, Masters.status(Masters.in("ROLLBACK_FAILED")).verdict());
    for (String state : List.of("NONE", "PLACING", "ROLLING_BACK", "ROLLED_BACK")) {
      assertEquals(Level.ATTENTION, Masters.status(Masters.in(state)).verdict(), state);
    }
    assertEquals(Level.OK, Masters.status(Masters.in("SETTLING")).verdict());
  }

  @Test
  void theTextTellsOfTheNewestBackup() {
    String text = StatusText.of(Masters.status(Masters.BACKED_UP), Rendering.TEXT);
    assertTrue(
        text.contains(
            """
            BACKUP FAILING, last verified 4m ago, revision 812, 7 kept
              The last backup of etcd failed.
            """),
        text);
  }

  @Test
  void aMastersTextLooksLikeThis() {
    assertEquals(
        """
        master-1  CRITICAL  2026-11-24 21:00:00Z
        docker is healthy; the manifests were rolled back to revision 7; kube-apiserver
        still runs as before; the file of etcd is not as placed; 1 critical finding
        (SAN_LB); 1 warning (DATA_MODE).

        SERVICE  STATE       SINCE                  TRY  NEXT
        docker   HEALTHY     20:57:00Z 3m ago         0  none
          docker runs (pid 4711) and passes ping.
          4m ago: killed: ping TIMED_OUT; to see it: ha-supervisor incident show
          20261124-205600-docker

        MANIFESTS       RUNNING   FILE
        etcd            matches   changed
        kube-apiserver  outdated  as placed
          kube-apiserver of the earlier manifest still runs
        ROLLED_BACK revision 7, 4m ago
          Revision 8 was taken back because kube-apiserver ended 3 times, last with exit
          code 1.

        CRITICAL SAN_LB /srv/kubernetes/server.cert: it lacks the load balancer's
        address 10.0.0.10, so clients refuse it.
          Make new ones: ha-supervisor credentials create

        WARNING DATA_MODE /var/etcd/data: others can read it.
          chmod 0700 /var/etcd/data
        """,
        StatusText.of(Masters.status(Masters.SICK), Rendering.TEXT));
  }

  @Test
  void eightFindingsAreShownAndTheRestCounted() {
    String text = StatusText.of(Masters.status(Masters.with(11)), Rendering.TEXT);
    assertTrue(text.contains("CODE_7 it: so."), text);
    assertFalse(text.contains("CODE_8"), text);
    assertTrue(text.endsWith("\n3 more: ha-supervisor status --json\n"), text);
    assertFalse(
        StatusText.of(Masters.status(Masters.with(8)), Rendering.TEXT).contains("more:"), text);
  }

  @Test
  void aMastersColoursAreOnlyPaintAndForeignWordsCannotForgeLines() {
    Status status = Masters.status(Masters.SICK);
    String painted = StatusText.of(status, new Rendering(false, 80, true));
    assertTrue(painted.contains("\033[31mCRITICAL\033[0m SAN_LB"), painted);
    assertEquals(StatusText.of(status, Rendering.TEXT), painted.replaceAll("\033\\[\\d+m", ""));
    assertFalse(StatusText.of(Masters.status(Masters.FORGED), Rendering.TEXT).contains("\033"));
    assertTrue(
        StatusText.of(Masters.status(Masters.FORGED), Rendering.TEXT)
            .lines()
            .noneMatch(line -> line.startsWith("docker OK")));
  }
}
