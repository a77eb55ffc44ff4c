package io.hasupervisor.decide.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.backup.PlaceSeen.Step;
import io.hasupervisor.observe.backup.Space;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

public final class PermissionTest {
  private static final Path HERE = Path.of("/var/backups/ha-supervisor");

  /** etcd with this member of this host's. */
  public static EtcdView view(ClusterState state, MemberState own, boolean learner, long lag) {
    MemberView member =
        new MemberView(
            EtcdId.of(7),
            "m1",
            "http://127.0.0.1:4001",
            true,
            true,
            learner,
            own,
            Duration.ZERO,
            "why",
            true,
            Optional.empty(),
            "3.4.23",
            lag,
            4096,
            4096,
            new TreeMap<>());
    return new EtcdView(
        state,
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        false,
        state.proven(),
        Optional.empty(),
        Optional.empty(),
        1,
        0,
        1,
        1,
        1,
        0,
        0,
        0,
        EtcdId.of(1),
        EtcdId.of(7),
        1,
        100,
        100,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(member),
        List.of(),
        "fine");
  }

  private static String code(Optional<Refusal> refusal) {
    refusal.ifPresent(
        why -> assertTrue(why.text().endsWith(".") && !why.cure().isBlank(), why.toString()));
    return refusal.map(Refusal::code).orElse("granted");
  }

  private static String code(ClusterState state, MemberState own, boolean learner, long lag) {
    return code(Permission.of(view(state, own, learner, lag)));
  }

  @Test
  void aHealthyVoterOfAWorkingClusterMay() {
    for (ClusterState state :
        List.of(
            ClusterState.QUORUM_FULL,
            ClusterState.SINGLE,
            ClusterState.QUORUM_AT_RISK,
            ClusterState.QUORUM_DEGRADED,
            ClusterState.READ_ONLY)) {
      assertEquals("granted", code(state, MemberState.HEALTHY, false, 1000));
    }
  }

  @Test
  void nobodyElseMay() {
    MemberState well = MemberState.HEALTHY;
    assertEquals("DATA_REGRESSION", code(ClusterState.DATA_REGRESSION, well, false, 0));
    assertEquals("CORRUPT", code(ClusterState.CORRUPT, well, false, 0));
    assertEquals("SPLIT_VIEW", code(ClusterState.SPLIT_VIEW, well, false, 0));
    assertEquals("NOT_PROVEN", code(ClusterState.QUORUM_LOST, well, false, 0));
    assertEquals("NOT_PROVEN", code(ClusterState.QUORUM_UNKNOWN, well, false, 0));
    assertEquals("LEARNER", code(ClusterState.QUORUM_FULL, well, true, 0));
    assertEquals("LAGS", code(ClusterState.QUORUM_FULL, well, false, 1001));
    assertEquals("MEMBER_DEGRADED", code(ClusterState.QUORUM_FULL, MemberState.DEGRADED, false, 0));
    assertEquals("MEMBER_DOWN", code(ClusterState.QUORUM_AT_RISK, MemberState.DOWN, false, 0));
  }

  private static Answer<StatusSeen> status(boolean learner, long applied, String... errors) {
    Header header = new Header(new EtcdId(1), new EtcdId(7), 9, 1);
    return new Answer.Got<>(
        new StatusSeen(
            header, "3.4.23", EtcdId.of(7), 5000, applied, 4096, 4096, learner, List.of(errors)),
        Duration.ZERO);
  }

  @Test
  void theMemberItselfIsAskedToo() {
    Answer<Header> read =
        new Answer.Got<>(new Header(new EtcdId(1), new EtcdId(7), 9, 1), Duration.ZERO);
    assertEquals("granted", code(Permission.of(read, status(false, 4000))));
    assertEquals("LAGS", code(Permission.of(read, status(false, 3999))));
    assertEquals("LEARNER", code(Permission.of(read, status(true, 5000))));
    assertEquals(
        "CORRUPT", code(Permission.of(read, status(false, 5000, "memberID:7 alarm:CORRUPT "))));
    assertEquals(
        "granted", code(Permission.of(read, status(false, 5000, "memberID:7 alarm:NOSPACE "))));
    assertEquals(
        "NO_QUORUM",
        code(
            Permission.of(
                new Answer.Failed<>(Fault.NO_QUORUM, "timed out", Duration.ZERO),
                status(false, 5000))));
  }

  @Test
  void roomForTwoMoreAndSomeOfTheFileSystemMustBeLeft() {
    long gib = 1L << 30;
    assertEquals("granted", code(Permission.space(HERE, new Space(10 * gib, 3 * gib), gib)));
    assertEquals(
        "BACKUP_DIRECTORY_FULL",
        code(Permission.space(HERE, new Space(10 * gib, 3 * gib - 1), gib)));
    assertEquals(
        "BACKUP_DIRECTORY_FULL", code(Permission.space(HERE, new Space(100 * gib, 14 * gib), gib)));
  }

  private static PlaceSeen place(Step step, long device, long data, Optional<Path> inside) {
    return new PlaceSeen(
        HERE, 0, List.of(step), Optional.of(device), Optional.of(data), inside, Optional.empty());
  }

  private static String placed(boolean link, boolean directory, long owner, int mode) {
    Step step = new Step(Path.of("/var/backups"), link, directory, owner, mode);
    return code(PlaceRule.refusal(place(step, 1, 2, Optional.empty()), false));
  }

  @Test
  void aPlaceThatOthersCouldChangeIsRefused() {
    assertEquals("granted", placed(false, true, 0, 0755));
    assertEquals("granted", placed(false, true, 0, 01777));
    assertEquals("BACKUP_DIRECTORY_LINK", placed(true, false, 0, 0777));
    assertEquals("BACKUP_DIRECTORY_NO_DIRECTORY", placed(false, false, 0, 0755));
    assertEquals("BACKUP_DIRECTORY_OWNER", placed(false, true, 1000, 0755));
    assertEquals("BACKUP_DIRECTORY_WRITABLE", placed(false, true, 0, 0777));
    assertEquals("BACKUP_DIRECTORY_WRITABLE", placed(false, true, 0, 0775));
  }

  @Test
  void aPlaceThatIsLostWithTheDataIsRefusedUnlessAllowed() {
    Step step = new Step(HERE, false, true, 0, 0700);
    PlaceSeen same = place(step, 1, 1, Optional.empty());
    assertEquals("BACKUP_SAME_DEVICE", code(PlaceRule.refusal(same, false)));
    assertEquals("granted", code(PlaceRule.refusal(same, true)));
    assertEquals(
        "BACKUP_DIRECTORY_INSIDE",
        code(PlaceRule.refusal(place(step, 1, 2, Optional.of(Path.of("/var/etcd"))), true)));
  }
}
