package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.MemberState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One condition of the gate that is not met, and no other.
 *
 * @param reason by which it is told
 */
record Broken(String name, GateReason reason, Consumer<Evidence> breaks) {
  static final Broken NO_REPAIR =
      new Broken("no repair", GateReason.MAINTENANCE, e -> e.maintenance = true);

  static final Broken BOOTED =
      new Broken("booted", GateReason.BUDGET, e -> e.up = Duration.ofMinutes(4));

  static final Broken JUST_REPAIRED =
      new Broken("just repaired", GateReason.BUDGET, e -> e.log = acted(0, Duration.ofMinutes(29)));

  static final Broken THREE_TODAY =
      new Broken(
          "three today",
          GateReason.BUDGET,
          e -> e.log = acted(0, Duration.ofHours(23), Duration.ofHours(9), Duration.ofHours(2)));

  static final Broken STATE =
      new Broken("state", GateReason.QUORUM_STATE, e -> e.state = ClusterState.SPLIT_VIEW);

  static final Broken PROOF =
      new Broken(
          "proof",
          GateReason.QUORUM_STATE,
          e -> e.proof = Optional.of(Evidence.NOW.minusSeconds(16)));

  static final Broken NOBODY_ELSE =
      new Broken(
          "nobody else",
          GateReason.NO_INDEPENDENT_PROOF,
          e -> {
            e.member(2).proof = Optional.of(Evidence.NOW.minusSeconds(16));
            e.member(3).proof = Optional.of(Evidence.NOW.minusSeconds(16));
          });

  static final Broken TOO_FEW =
      new Broken(
          "too few", GateReason.WOULD_LOSE_QUORUM, e -> e.member(3).state = MemberState.DEGRADED);

  static final Broken LEARNER =
      new Broken("learner", GateReason.MEMBERSHIP_CHANGING, e -> e.learners = 1);

  static final Broken CHANGED =
      new Broken(
          "changed",
          GateReason.MEMBERSHIP_CHANGING,
          e -> e.membersChanged = Optional.of(Evidence.NOW.minusSeconds(299)));

  static final Broken ALARM =
      new Broken("alarm", GateReason.ALARM, e -> e.alarms = List.of("NOSPACE 103"));

  static final Broken FAILED_LATELY =
      new Broken(
          "failed lately",
          GateReason.UNSTABLE,
          e -> e.othersUnstable = Optional.of(Evidence.NOW.minusSeconds(59)));

  static final Broken BEHIND = new Broken("behind", GateReason.LAG, e -> e.member(2).lag = 1001);

  static final Broken NO_OTHER_APISERVER =
      new Broken(
          "no other apiserver", GateReason.LAST_APISERVER, e -> e.otherApiservers = List.of());

  static final Broken ANOTHER_BUSY =
      new Broken("another busy", GateReason.OTHER_MASTER_BUSY, e -> e.busy = List.of("m3"));

  static final Broken ANOTHER_LATELY =
      new Broken(
          "another lately",
          GateReason.OTHER_MASTER_BUSY,
          e -> e.pastSince = Optional.of(Evidence.NOW.minus(Duration.ofMinutes(9))));

  /** In the order in which they are asked. */
  static List<Broken> all() {
    return List.of(
        NO_REPAIR,
        BOOTED,
        JUST_REPAIRED,
        THREE_TODAY,
        STATE,
        PROOF,
        NOBODY_ELSE,
        TOO_FEW,
        LEARNER,
        CHANGED,
        ALARM,
        FAILED_LATELY,
        BEHIND,
        NO_OTHER_APISERVER,
        ANOTHER_BUSY,
        ANOTHER_LATELY);
  }

  /** G1 to G7. */
  static List<Broken> votes() {
    return all().subList(all().indexOf(STATE), all().indexOf(NO_OTHER_APISERVER));
  }

  static RepairLog acted(int failures, Duration... ago) {
    return new RepairLog(List.of(ago).stream().map(Evidence.NOW::minus).toList(), failures);
  }

  @Override
  public String toString() {
    return name;
  }
}
