package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Judgements of etcd as a test wants them: members m1 (this host's), m2, m3 … */
public final class EtcdViews {
  public static final Duration AT = Duration.ofSeconds(1000);
  private static final Set<ClusterState> PROVEN =
      EnumSet.range(ClusterState.READ_ONLY, ClusterState.QUORUM_FULL);

  private EtcdViews() {}

  /** A cluster in this state, with voters in these. */
  public static EtcdView of(ClusterState state, MemberState... voters) {
    return of(state, "3.4.23", 20 << 20, voters);
  }

  /** The same, where all members that serve are of this version and size. */
  public static EtcdView of(ClusterState state, String version, long size, MemberState... voters) {
    List<MemberView> members = new ArrayList<>();
    for (MemberState voter : voters) {
      members.add(member(members.size() + 1, voter, version, size));
    }
    int healthy = (int) List.of(voters).stream().filter(MemberState.HEALTHY::equals).count();
    int quorum = voters.length / 2 + 1;
    boolean proven = PROVEN.contains(state) || state == ClusterState.DATA_REGRESSION;
    int canLose = proven ? Math.max(0, healthy - quorum) : 0;
    return new EtcdView(
        state,
        Optional.empty(),
        AT.minusSeconds(60),
        AT,
        false,
        proven,
        Optional.of(AT.minusMillis(412)),
        Optional.of(new EtcdId(-2)),
        voters.length,
        0,
        quorum,
        healthy,
        healthy,
        canLose,
        canLose,
        voters.length - quorum,
        Optional.of(new EtcdId(0x8211)),
        Optional.of(new EtcdId(-2)),
        4,
        812_233,
        812_240,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        members,
        List.of(),
        "it is " + state);
  }

  /** One whose reason is this, and whose members bear names of no good will. */
  public static EtcdView because(ClusterState state, String reason) {
    EtcdView plain = of(state, MemberState.DOWN);
    MemberView own = plain.members().getFirst();
    MemberView forged =
        new MemberView(
            own.id(),
            "m1\nforged",
            "http://10.0.0.1\033[2J",
            true,
            false,
            false,
            own.state(),
            own.since(),
            "refused\nforged \033[31m",
            false,
            own.proof(),
            "3.4\033",
            -1,
            -1,
            -1,
            own.evidence());
    return new EtcdView(
        state,
        plain.underlying(),
        plain.since(),
        plain.at(),
        false,
        false,
        plain.proof(),
        plain.proofVia(),
        1,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        plain.cluster(),
        plain.leader(),
        4,
        plain.revision(),
        plain.remembered(),
        List.of(),
        List.of(reason),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(forged),
        List.of(),
        "it is\nforged \033[31m");
  }

  private static MemberView member(int number, MemberState state, String version, long size) {
    boolean serves = state == MemberState.HEALTHY;
    return new MemberView(
        Optional.of(new EtcdId(-number)),
        "m" + number,
        "http://10.0.0." + number + ":4001",
        number == 1,
        number == 2 && serves,
        false,
        state,
        AT.minusSeconds(30),
        serves ? "serves" : "refused on 2380",
        serves,
        serves ? Optional.of(AT.minusMillis(412)) : Optional.empty(),
        serves ? version : "",
        serves ? 0 : -1,
        serves ? size : -1,
        serves ? size : -1,
        new TreeMap<>(Map.of("E1", serves ? "ok" : "refused")));
  }
}
