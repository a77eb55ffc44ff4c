package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Table of control-plane 3.1.1. */
final class QuorumTest {

  @ParameterizedTest
  @CsvSource({"1,1,0", "2,2,0", "3,2,1", "4,3,1", "5,3,2", "6,4,2", "7,4,3"})
  void needsMoreThanHalf(int voters, int needed, int tolerance) {
    Quorum quorum = new Quorum(voters);

    assertEquals(needed, quorum.needed());
    assertEquals(tolerance, quorum.tolerance());
    assertEquals(tolerance, quorum.spare(voters));
    assertEquals(0, quorum.spare(needed));
    assertEquals(0, quorum.spare(0));
    assertEquals(tolerance + 1, quorum.fatal());
  }

  /** As many as are killed, the state and the number that may still be lost. */
  @ParameterizedTest
  @CsvSource({
    "1,0,SINGLE,0",
    "2,0,QUORUM_AT_RISK,0",
    "3,0,QUORUM_FULL,1",
    "3,1,QUORUM_AT_RISK,0",
    "3,2,QUORUM_LOST,0",
    "4,0,QUORUM_FULL,1",
    "4,1,QUORUM_AT_RISK,0",
    "4,2,QUORUM_LOST,0",
    "5,0,QUORUM_FULL,2",
    "5,1,QUORUM_DEGRADED,1",
    "5,2,QUORUM_AT_RISK,0",
    "5,3,QUORUM_LOST,0",
    "7,0,QUORUM_FULL,3",
    "7,1,QUORUM_DEGRADED,2",
    "7,2,QUORUM_DEGRADED,1",
    "7,3,QUORUM_AT_RISK,0",
    "7,4,QUORUM_LOST,0",
    "2,1,QUORUM_LOST,0",
    "1,1,QUORUM_LOST,0"
  })
  void judgesByVotersThatAreLeft(int voters, int killed, ClusterState state, int canLose) {
    Watched watched = Watched.settled(new Masters(voters));
    for (int i = 0; i < killed; i++) {
      watched.masters.kill(voters - i);
    }

    EtcdView view = watched.run(Duration.ofMinutes(1));

    assertEquals(state, view.state(), view.summary());
    assertEquals(canLose, view.canLose());
    assertEquals(voters, view.voters());
    assertEquals(new Quorum(voters).needed(), view.quorum());
    assertEquals(new Quorum(voters).tolerance(), view.tolerance());
  }
}
