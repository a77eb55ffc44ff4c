package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often, and for whom it counts. */
class BudgetTest {

  @Test
  void theWaitGrowsWithRepairsThatDidNotHelp() {
    Duration[] waits = {
      Duration.ofMinutes(30), Duration.ofMinutes(60), Duration.ofMinutes(90), Duration.ofMinutes(90)
    };
    for (int failures = 0; failures < waits.length; failures++) {
      Evidence evidence = Evidence.three();
      evidence.log = Broken.acted(failures, waits[failures].minusSeconds(1));
      assertEquals(Optional.of(GateReason.BUDGET), evidence.refused(Evidence.RESTART));
      assertEquals(Duration.ofSeconds(1), evidence.refusal(Evidence.RESTART).again());
      evidence.log = Broken.acted(failures, waits[failures]);
      assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART), "after " + failures);
    }
  }

  @Test
  void repairsOfBeforeTheBootCountToo() {
    Evidence evidence = Evidence.three();
    evidence.now = Duration.ofMinutes(10);
    RepairLog log = new RepairLog(List.of(Duration.ofMinutes(-15)), 0);
    assertEquals(
        Optional.of(Duration.ofMinutes(5)),
        Budget.refusal(evidence.settings, Evidence.RESTART, evidence.scene(), log, evidence.now)
            .map(GateRefusal::again));
  }

  @Test
  void theFourthOfADayComesWhenTheFirstIsADayAgo() {
    Evidence evidence = Evidence.three();
    evidence.log =
        Broken.acted(
            0,
            Duration.ofHours(30),
            Duration.ofHours(23),
            Duration.ofHours(9),
            Duration.ofHours(2));
    assertEquals(Duration.ofHours(1), evidence.refusal(Evidence.RESTART).again());
    evidence.log = Broken.acted(0, Duration.ofHours(24), Duration.ofHours(9), Duration.ofHours(2));
    assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART));
  }

  @Test
  void ordersAreNotCountedOutButGoThroughTheRestOfTheGate() {
    Evidence evidence = Evidence.three();
    evidence.log = Broken.acted(3, Duration.ofHours(9), Duration.ofHours(2), Duration.ofMinutes(1));
    evidence.up = Duration.ofSeconds(30);
    evidence.maintenance = true;
    assertEquals(Optional.empty(), evidence.refused(Evidence.ORDER));
    Disruption rolling = new Disruption(Kind.RESTART, "docker", Origin.ROLLING);
    assertEquals(Optional.of(GateReason.MAINTENANCE), evidence.refused(rolling));
    evidence.maintenance = false;
    assertEquals(Optional.empty(), evidence.refused(rolling));
    evidence.member(2).state = MemberState.DOWN;
    assertEquals(Optional.of(GateReason.WOULD_LOSE_QUORUM), evidence.refused(Evidence.ORDER));
  }

  @Test
  void whatTheInitSystemAsksForIsJudgedAsWhatTheDaemonWants() {
    Disruption init = new Disruption(Kind.START, "docker", Origin.INIT);
    for (Broken one : Broken.all()) {
      Evidence evidence = Evidence.three();
      one.breaks().accept(evidence);
      assertEquals(evidence.refused(Evidence.START), evidence.refused(init), one.name());
    }
  }

  /** Every refusal whose cause is time alone ends when it says so. */
  @Test
  void aRefusalThatTimeEndsIsOverWhenItSaysSo() {
    for (Broken one :
        List.of(
            Broken.JUST_REPAIRED,
            Broken.THREE_TODAY,
            Broken.CHANGED,
            Broken.FAILED_LATELY,
            Broken.ANOTHER_LATELY)) {
      Evidence evidence = Evidence.three();
      one.breaks().accept(evidence);
      Duration again = evidence.refusal(Evidence.RESTART).again();
      evidence.now = evidence.now.plus(again);
      evidence.at = evidence.now;
      evidence.proof = Optional.of(evidence.now);
      evidence.processAt = evidence.now;
      evidence.members.forEach(member -> member.proof = Optional.of(evidence.now));
      assertEquals(Optional.empty(), evidence.refused(Evidence.RESTART), one.name());
    }
  }
}
