package io.hasupervisor.assess.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.leader.LeaderSeen.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elections told round after round; somebody leads where the record is seen to change. */
final class LeaderRuleTest {

  private static ElectionStory held() {
    return ElectionStory.ofScheduler().renews().renews();
  }

  @Test
  void oneLookProvesNothing() {
    ElectionStory story = ElectionStory.ofScheduler().looks();
    assertEquals(LeaderState.UNKNOWN, story.state());
    assertEquals("it is held by master-2_1; it was not seen to change yet", story.view().why());
    assertEquals(Optional.empty(), story.view().changed());
  }

  @Test
  void aRecordThatChangesIsHeld() {
    ElectionStory story = held();
    assertEquals(LeaderState.HELD, story.state());
    assertEquals(Optional.of("master-2"), story.view().master());
    assertEquals(Optional.of(Duration.ofMinutes(2)), story.view().changed());
    assertEquals(List.of(), story.findings());
  }

  @Test
  void aLookOrTwoWithoutAChangeIsNoReasonToWorry() {
    assertEquals(LeaderState.HELD, held().looks(4).state());
  }

  /** Died right after the last change that was seen: the worst case. */
  @Test
  void staleWithinAMinuteOfTheLastRenewal() {
    ElectionStory story = held().looks(5);
    assertEquals(LeaderState.STALE, story.state());
    assertEquals(List.of("LEADER_STALE CRITICAL"), story.codes());
    assertEquals(
        "Nobody leads kube-scheduler: it is held by master-2_1 and has not changed for 50 s;"
            + " new pods stay Pending.",
        story.findings().getFirst().text());
  }

  @Test
  void staleWithoutEverHavingBeenSeenToChange() {
    assertEquals(LeaderState.STALE, ElectionStory.ofScheduler().looks(6).state());
  }

  @Test
  void whoeverAnnotatesTheObjectDoesNotLead() {
    ElectionStory story = held();
    for (int i = 0; i < 5; i++) {
      story.annotates();
    }
    assertEquals(LeaderState.STALE, story.state());
  }

  @Test
  void theNextRenewalEndsIt() {
    ElectionStory story = held().looks(8);
    assertEquals(LeaderState.HELD, story.renews().state());
    assertEquals(List.of(), story.findings());
  }

  @ParameterizedTest
  @ValueSource(longs = {-3_000_000, -300, 0, 300, 3_000_000})
  void staleWhateverTheHoldersClockSays(long seconds) {
    ElectionStory story =
        new ElectionStory("kube-controller-manager", Duration.ofSeconds(seconds)).renews().renews();
    assertEquals(LeaderState.HELD, story.state());
    assertEquals(LeaderState.STALE, story.looks(5).state());
    assertTrue(story.findings().getFirst().text().contains("lost pods are not replaced"));
  }

  /** Random elections, each told with three clocks: the same is thought of all of them. */
  @Test
  void noClockChangesWhatIsThought() {
    Random random = new Random(20171105);
    for (int story = 0; story < 300; story++) {
      List<ElectionStory> same =
          List.of(
              ElectionStory.ofScheduler(),
              new ElectionStory("kube-scheduler", Duration.ofMinutes(5)),
              new ElectionStory(
                  "kube-scheduler", Duration.ofSeconds(random.nextInt(-100_000, 100_000))));
      StringBuilder told = new StringBuilder();
      for (int round = 0; round < 40; round++) {
        int event = random.nextInt(8);
        told.append(event);
        same.forEach(each -> happens(event, each));
        LeaderView first = same.getFirst().view();
        for (ElectionStory other : same) {
          LeaderView view = other.view();
          assertEquals(first.state(), view.state(), told.toString());
          assertEquals(first.since(), view.since(), told.toString());
          assertEquals(first.changed(), view.changed(), told.toString());
          assertEquals(first.why(), view.why(), told.toString());
        }
      }
    }
  }

  private static void happens(int event, ElectionStory story) {
    ElectionStory _ =
        switch (event) {
          case 0, 1 -> story.renews();
          case 2 -> story.elects("master-3_9");
          case 3 -> story.fails();
          case 4 -> story.givesUp();
          case 5 -> story.annotates();
          default -> story.looks();
        };
  }

  @Test
  void aClockThatIsAheadIsAdvice() {
    ElectionStory story =
        new ElectionStory("kube-scheduler", Duration.ofMinutes(5)).renews().renews();
    assertEquals(List.of("LEADER_CLOCK ADVICE"), story.codes());
    assertTrue(
        story.findings().getFirst().text().contains("on master-2 writes a time that lies 300 s"));
    assertEquals(
        List.of(),
        new ElectionStory("kube-scheduler", Duration.ofSeconds(5)).renews().renews().codes());
  }

  @Test
  void aRecordThatCannotBeReadIsNoFinding() {
    ElectionStory story = held().fails();
    assertEquals(LeaderState.UNKNOWN, story.state());
    assertEquals(
        "it could not be read: 10.0.0.1: nothing listens; last read as held by master-2_1",
        story.view().why());
    assertEquals(List.of(), story.findings());
  }

  /** Whoever writes the record was cut off too: it is given time to write again. */
  @Test
  void notStaleWhenTheRecordCanBeReadAgainOnlyNow() {
    ElectionStory story = held();
    for (int i = 0; i < 20; i++) {
      story.fails();
    }
    assertEquals(LeaderState.UNKNOWN, story.looks().state());
    assertTrue(story.view().why().contains("it can be read again only now"));
    assertEquals(LeaderState.HELD, story.renews().state());
    story.fails();
    assertEquals(LeaderState.STALE, story.looks(6).state());
  }

  @Test
  void notStaleAfterThisHostSlept() {
    ElectionStory story = held().waits(Duration.ofHours(3));
    assertEquals(LeaderState.UNKNOWN, story.looks().state());
    assertEquals(LeaderState.STALE, story.looks(2).state());
  }

  @Test
  void whatExplainsItIsNamedInItsPlace() {
    ElectionStory story = held().amid("etcd: writes are refused").looks(5);
    assertEquals(List.of("LEADER_STALE WARNING"), story.codes());
    assertTrue(story.findings().getFirst().text().contains("(etcd: writes are refused)"));
    assertTrue(story.findings().getFirst().cure().startsWith("Cure that first"));
  }

  @Test
  void aRecordThatWasGivenUpIsTakenOrStale() {
    ElectionStory story = held().givesUp();
    assertEquals(LeaderState.UNKNOWN, story.state());
    assertEquals("it was given up; somebody is to take it now", story.view().why());
    assertEquals(LeaderState.STALE, story.looks(5).state());
    assertEquals(LeaderState.HELD, story.elects("master-3_2").state());
    assertEquals(Optional.of("master-3"), story.view().master());
  }

  @Test
  void fiveElectionsInAQuarterOfAnHourAreTooMany() {
    ElectionStory story = held();
    for (int i = 0; i < 4; i++) {
      story.elects("master-" + (1 + i % 3) + "_" + i);
    }
    assertEquals(LeaderState.HELD, story.state());
    story.elects("master-3_9");
    assertEquals(LeaderState.FLAPPING, story.state());
    assertEquals(List.of("LEADER_FLAPPING WARNING"), story.codes());
    for (int i = 0; i < 91; i++) {
      story.renews();
    }
    assertEquals(LeaderState.HELD, story.state());
  }

  @Test
  void electionsBetweenTwoLooksAreCounted() {
    assertEquals(LeaderState.FLAPPING, held().unseen(5).renews().state());
    assertEquals(LeaderState.HELD, held().unseen(4).renews().state());
  }

  @Test
  void electionsBeforeALongPauseAreNotHeldAgainstToday() {
    assertEquals(
        LeaderState.HELD, held().waits(Duration.ofHours(5)).unseen(50).renews().renews().state());
  }

  @Test
  void toGiveUpAndToBeTakenIsOneElection() {
    ElectionStory story = held();
    for (int i = 0; i < 4; i++) {
      story.givesUp().elects("master-3_" + i);
    }
    assertEquals(LeaderState.HELD, story.state());
  }

  @Test
  void aHolderThatIsNoneOfTheMasters() {
    ElectionStory story = held().elects("laptop_1").renews();
    assertEquals(LeaderState.FOREIGN_HOLDER, story.state());
    assertEquals(Optional.empty(), story.view().master());
    assertEquals(List.of("LEADER_FOREIGN WARNING"), story.codes());
    assertTrue(
        story.findings().getFirst().text().contains("laptop_1, which is none of the masters"));
  }

  @Test
  void nobodyWasEverElected() {
    ElectionStory story = ElectionStory.ofScheduler().reads(new Reading.Absent());
    assertEquals(LeaderState.NONE, story.state());
    // A new cluster elects within seconds.
    assertEquals(List.of(), story.codes());
    for (int i = 0; i < 5; i++) {
      story.reads(new Reading.Absent());
    }
    assertEquals(List.of("LEADER_NONE CRITICAL"), story.codes());
  }

  @Test
  void aRecordThatCannotBeUnderstoodIsCriticalOnceItStays() {
    Reading broken = new Reading.Malformed("has no renewTime");
    ElectionStory story = ElectionStory.ofScheduler().reads(broken);
    assertEquals(LeaderState.MALFORMED, story.state());
    assertEquals(List.of("LEADER_MALFORMED WARNING"), story.codes());
    for (int i = 0; i < 5; i++) {
      story.reads(broken);
    }
    assertEquals(List.of("LEADER_MALFORMED CRITICAL"), story.codes());
  }

  @Test
  void aRefusalTellsWhatPermissionIsNeeded() {
    ElectionStory story = ElectionStory.ofScheduler().reads(new Reading.Denied("403: no"));
    assertEquals(LeaderState.UNKNOWN, story.state());
    assertEquals(List.of("LEADER_DENIED ADVICE"), story.codes());
    assertTrue(story.findings().getFirst().cure().contains("create role ha-supervisor"));
  }

  @Test
  void sinceIsKeptWhileTheStateIs() {
    ElectionStory story = held();
    Duration since = story.view().since();
    assertEquals(since, story.renews().renews().view().since());
  }

  @Test
  void anInstanceThatDoesNotElectIsCriticalAmongSeveralMasters() {
    ElectionStory story =
        ElectionStory.ofScheduler()
            .with(
                Instances.pod(
                    Instances.running("kube-scheduler", "x:v1.30.0", "--leader-elect=false")))
            .looks();
    assertEquals(List.of("NOT_ELECTING CRITICAL"), story.codes());
    assertEquals(List.of(), story.amongMasters(Map.of("master-1", "10.0.0.1")).looks().codes());
  }

  @Test
  void anInstanceThatDoesNotElectBesideALeaderElsewhereIsTheSecondActive() {
    ElectionStory story =
        held()
            .with(
                Instances.pod(
                    Instances.running("kube-scheduler", "x:v1.3.0", "kube-scheduler", "--v=2")))
            .renews();
    assertEquals(List.of("DOUBLE_ACTIVE CRITICAL"), story.codes());
    assertTrue(story.findings().getFirst().text().contains("while master-2 leads"));
    // On its own host it is the one that holds the record, from before its flag was changed.
    assertEquals(List.of("NOT_ELECTING WARNING"), story.elects("master-1_4").codes());
  }

  @Test
  void twoInstancesOnOneHostWorkAtOnceUnlessBothElect() {
    assertEquals(
        List.of("DOUBLE_ACTIVE CRITICAL"),
        held()
            .with(
                Instances.pod(
                    Instances.running("kube-scheduler", "x:v1.30.0", "--leader-elect=true"),
                    Instances.running("kube-scheduler", "x:v1.30.0", "--leader-elect=false")))
            .renews()
            .codes());
    assertEquals(
        List.of(),
        held()
            .with(
                Instances.pod(
                    Instances.running("kube-scheduler", "x:v1.30.0", "--leader-elect=true"),
                    Instances.running("kube-scheduler", "x:v1.30.0", "--leader-elect=true")))
            .renews()
            .codes());
  }

  @Test
  void anInstanceOfUnknownVersionWithoutTheFlagIsAdvice() {
    assertEquals(
        List.of("NOT_ELECTING ADVICE"),
        held()
            .with(Instances.pod(Instances.running("kube-scheduler", "x:9680e782", "--v=2")))
            .renews()
            .codes());
  }
}
