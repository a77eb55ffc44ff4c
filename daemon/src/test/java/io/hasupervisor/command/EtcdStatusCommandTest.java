package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.loop.EtcdMemory;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.EtcdStatus;
import io.hasupervisor.publish.EtcdStatus.EtcdMemberStatus;
import io.hasupervisor.publish.Rendering;
import io.hasupervisor.publish.Status.FindingStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** etcd as the daemon judges it, or as the command does where there is none. */
final class EtcdStatusCommandTest {
  @TempDir Path directory;
  private EtcdBed bed;

  @BeforeEach
  void bed() throws Exception {
    bed = new EtcdBed(directory);
  }

  private EtcdStatusCommand command(boolean json) {
    EtcdStatusCommand command = new EtcdStatusCommand(bed::scene);
    command.json = json;
    return command;
  }

  private static EtcdMemberStatus member(int number, String state, String why, Duration proof) {
    return new EtcdMemberStatus(
        Optional.of(EtcdBed.id(number).decimal()),
        "master-" + number,
        EtcdBed.url(number),
        number == 1,
        number == 2,
        false,
        state,
        EtcdBed.NOON.minusSeconds(60),
        why,
        Optional.of(EtcdBed.NOON.minus(proof)),
        "3.4.23",
        number == 3 ? -1 : 0,
        number == 3 ? -1 : 20L << 20,
        -1,
        new TreeMap<>());
  }

  private static String status(String state) {
    EtcdStatus etcd =
        new EtcdStatus(
            state,
            Optional.empty(),
            EtcdBed.NOON.minusSeconds(250),
            false,
            true,
            Optional.of(412L),
            Optional.of(EtcdBed.id(2).decimal()),
            3,
            0,
            2,
            2,
            2,
            0,
            1,
            "works, can lose 0 more",
            Optional.of(EtcdBed.CLUSTER.decimal()),
            Optional.of(EtcdBed.id(2).decimal()),
            4,
            812_233,
            812_233,
            List.of("NOSPACE 8211f1d0f64f3269"),
            List.of("PEER_LINK"),
            List.of(
                member(1, "HEALTHY", "", Duration.ofSeconds(2)),
                member(2, "HEALTHY", "", Duration.ofSeconds(3)),
                member(3, "DOWN", "refused on 2380 and 4001", Duration.ofMinutes(5))));
    return PlacementBed.status(
        Optional.of(
            new ControlPlane(
                new RolloutStatus("NONE", Optional.empty(), Optional.empty(), Optional.empty(), ""),
                List.of(),
                Optional.of(etcd),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(
                    new FindingStatus(
                        "etcd",
                        "MEMBER_DOWN",
                        "WARNING",
                        "master-3",
                        "it is down",
                        "start it",
                        EtcdBed.NOON),
                    new FindingStatus(
                        "host", "DATA_MODE", "WARNING", "x", "wide", "chmod", EtcdBed.NOON)))));
  }

  @Test
  void theDaemonIsAskedAndItsWordIsATable() throws Exception {
    bed.answer = new Reply(4, status("QUORUM_AT_RISK"));
    assertEquals(4, bed.run(command(false)));
    assertEquals(List.of(new Request.GetStatus(Rendering.JSON)), bed.heard);
    assertEquals(
        """
        QUORUM_AT_RISK for 4m 10s: works, can lose 0 more
        voters 3, healthy 2, quorum 2, can lose 0 of 1; proven 412ms ago through master-2
        cluster cdf818194e3a8c32, leader master-2, term 4, revision 812233
        alarm NOSPACE 8211f1d0f64f3269
        also PEER_LINK

        MEMBER    ID                ROLE       STATE    VERSION  DB SIZE  LAG  LAST PROOF
        master-1  8e9e05c521646901  this host  HEALTHY  3.4.23   20 MiB   0    2s ago
        master-2  8e9e05c521646902  leader     HEALTHY  3.4.23   20 MiB   0    3s ago
        master-3  8e9e05c521646903             DOWN     3.4.23   -        -    5m ago
          refused on 2380 and 4001

        WARNING MEMBER_DOWN: it is down
          cure: start it
        """,
        bed.out.toString());
    assertEquals("", bed.err.toString());
    assertEquals(0, bed.looks);
  }

  @Test
  void asJsonItIsWhatTheStatusHolds() throws Exception {
    bed.answer = new Reply(0, status("QUORUM_FULL"));
    assertEquals(0, bed.run(command(true)));
    JsonNode json = new JsonMapper().readTree(bed.out.toString());
    assertEquals("daemon", json.path("source").asText());
    assertEquals(
        new JsonMapper().readTree(status("QUORUM_FULL")).at("/controlPlane/etcd"),
        json.path("etcd"));
    assertEquals("MEMBER_DOWN", json.at("/findings/0/code").asText());
    assertEquals(1, json.path("findings").size());
  }

  @ParameterizedTest
  @CsvSource({
    "QUORUM_FULL,0",
    "SINGLE,0",
    "QUORUM_DEGRADED,4",
    "QUORUM_AT_RISK,4",
    "READ_ONLY,5",
    "QUORUM_LOST,5",
    "QUORUM_UNKNOWN,5",
    "OF_A_NEWER_DAEMON,5"
  })
  void theExitCodeSaysWhetherItWorks(String state, int exit) throws Exception {
    bed.answer = new Reply(0, status(state));
    assertEquals(exit, bed.run(command(false)));
  }

  @ParameterizedTest
  @EnumSource(ClusterState.class)
  void whatIsNotProvenIsNeverAGoodExit(ClusterState state) {
    assertTrue(state.proven() || EtcdStatusCommand.exit(state.name()) == 5);
  }

  @Test
  void withoutADaemonItIsAskedFromHereUntilNothingMoves() throws Exception {
    assertEquals(0, bed.alone(command(false)));
    assertEquals(
        "ha-supervisor: no daemon answers at "
            + bed.socket
            + "; etcd is asked from here, for 20 s at most\n",
        bed.err.toString());
    assertTrue(bed.out.toString().startsWith("QUORUM_FULL: "), bed.out::toString);
    assertTrue(bed.looks < 10, "looks: " + bed.looks);
    assertTrue(bed.closed);
  }

  @Test
  void aDaemonThatHasNotJudgedYetIsNotWaitedFor() throws Exception {
    bed.answer = new Reply(0, PlacementBed.status("NONE", 0, ""));
    assertEquals(0, bed.run(command(true)));
    assertTrue(bed.err.toString().contains("has not judged etcd yet"), bed.err::toString);
    assertEquals("command", new JsonMapper().readTree(bed.out.toString()).path("source").asText());
  }

  @Test
  void lostQuorumIsNamedWithinTwentySeconds() throws Exception {
    for (int member : List.of(2, 3)) {
      bed.broken.put(EtcdBed.url(member), Fault.REFUSED);
    }
    bed.broken.put(EtcdBed.url(1), Fault.NO_LEADER);
    bed.interactive = true;
    assertEquals(5, bed.alone(command(false)));
    assertTrue(bed.out.toString().startsWith("QUORUM_LOST: "), bed.out::toString);
    assertTrue(bed.seconds <= 21, "seconds: " + bed.seconds);
    assertTrue(
        bed.err.toString().contains("\retcd is asked: 3 s of at most 20"), bed.err::toString);
    assertTrue(bed.err.toString().endsWith("\r\033[K"));
  }

  @Test
  void olderDataThanThisHostRemembersIsSeenWithoutADaemonToo() throws Exception {
    Files.writeString(
        EtcdMemory.path(bed.state),
        """
        {"schema":1,"proven":{"clusterId":"cdf818194e3a8c32","memberId":"8e9e05c521646901",
         "revision":812233,"raftIndex":9,"raftTerm":4,"at":"2026-11-25T12:00:00Z"}}
        """);
    assertEquals(5, bed.alone(command(false)));
    assertTrue(bed.out.toString().startsWith("DATA_REGRESSION"), bed.out::toString);
    assertTrue(bed.out.toString().contains("accept-restore"), bed.out::toString);
  }

  @Test
  void aMemoryThatCannotBeReadIsSaidAndIsNoObstacle() throws Exception {
    Files.writeString(EtcdMemory.path(bed.state), "{");
    assertEquals(0, bed.alone(command(false)));
    assertTrue(bed.err.toString().contains("is not known: " + EtcdMemory.path(bed.state)));
    assertTrue(Files.exists(EtcdMemory.path(bed.state)), "looking changes nothing");
  }

  @Test
  void onlyRootMayAskEtcdFromHere() throws Exception {
    bed.user = 1000;
    assertEquals(1, bed.alone(command(false)));
    assertFalse(bed.closed);
    assertTrue(bed.err.toString().contains("sudo"), bed.err::toString);
  }
}
