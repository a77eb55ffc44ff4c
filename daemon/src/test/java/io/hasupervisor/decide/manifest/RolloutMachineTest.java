package io.hasupervisor.decide.manifest;

import static io.hasupervisor.decide.manifest.Placement.APISERVER;
import static io.hasupervisor.decide.manifest.Placement.ETCD;
import static io.hasupervisor.decide.manifest.Placement.SCHEDULER;
import static io.hasupervisor.decide.manifest.Placement.fresh;
import static io.hasupervisor.decide.manifest.Placement.standing;
import static io.hasupervisor.decide.manifest.Placement.target;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.decide.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The way of a revision into the directory, and back. */
final class RolloutMachineTest {
  private static final Target ONE = target(1, "a", "a", "a");
  private static final Target TWO = target(2, "a", "b", "b");

  /** Revision 2, whose new apiserver has just been placed beside a known good revision 1. */
  private static Placement second() {
    return standing(ONE)
        .order(TWO)
        .runs(ETCD)
        .does("Prepare")
        .does("MarkCurrent")
        .does("Place kube-apiserver");
  }

  @Test
  void placesOneFileAfterTheOtherEachOnceTheOneBeforeRuns() {
    Placement p = fresh().order(ONE).begins().does("Place etcd").rests();
    p.is("PLACING", RolloutBecause.AWAITING_LOOK);
    p.runs(ETCD).does("Place kube-apiserver").rests();
    p.sees(APISERVER, new PodVerdict.Starting("no container")).rests();
    p.runs(APISERVER).does("Place kube-scheduler");
    p.sees(SCHEDULER, new PodVerdict.Matches()).is("PLACING", RolloutBecause.HOLDING_STILL);
    p.pass(10).sees(SCHEDULER, new PodVerdict.Matches());
    p.is("SETTLING", RolloutBecause.SETTLING).rests();
  }

  @Test
  void anOrderAsksBeforeItChangesEtcdOrTheApiserverOfARunningMasterAndOfNoOther() {
    Placement p = standing(ONE);
    p.consents = false;
    p.order(target(2, "b", "b", "b")).does("Prepare").does("MarkCurrent");
    p.does("AskConsent etcd ORDERED").does("Place etcd").runs(ETCD);
    p.does("AskConsent kube-apiserver ORDERED").does("Place kube-apiserver").runs(APISERVER);
    p.does("Place kube-scheduler");
  }

  @Test
  void aFirstPlacementAsksNobody() {
    Placement p = fresh();
    p.consents = false;
    p.order(ONE).begins().does("Place etcd").runs(ETCD).does("Place kube-apiserver");
  }

  @Test
  void aRemovedFileOfWhatRanHereIsAskedForByOrderToo() {
    Placement p = standing(ONE).runs(ETCD, APISERVER, SCHEDULER);
    p.consents = false;
    p.directory.remove("etcd.yaml");
    p.order(ONE).does("Prepare").is("AskConsent etcd ORDERED");
  }

  @Test
  void anOrderThatIsRefusedWaitsAndAsksAgainForEver() {
    Placement p = standing(ONE);
    p.consents = false;
    p.order(target(2, "b", "a", "a")).does("Prepare").does("MarkCurrent");
    for (int n = 0; n < 50; n++) {
      p.is("AskConsent etcd ORDERED");
      p.ends(new Outcome.Refused("LOCK_HELD", "m2 has the lock", Duration.ofSeconds(10)));
      p.is("PLACING", RolloutBecause.CONSENT_REFUSED).rests().pass(28).rests().pass(2);
    }
    assertEquals("etcd a\n", p.directory.get("etcd.yaml"));
    p.does("AskConsent etcd ORDERED").does("Place etcd");
  }

  @Test
  void isKnownGoodAfterTenMinutesOfHealth() {
    Placement p = fresh().order(ONE).begins().does("Place etcd").runs(ETCD);
    p.does("Place kube-apiserver").runs(APISERVER).does("Place kube-scheduler").runs(SCHEDULER);
    p.is("SETTLING", RolloutBecause.SETTLING);
    p.pass(590).rests().runs(ETCD, APISERVER, SCHEDULER);
    for (int minute = 0; minute < 11; minute++) {
      p.runs(ETCD, APISERVER, SCHEDULER).pass(42);
    }
    p.does("MarkLastKnownGood").is("PLACED", RolloutBecause.VERIFIED);
    assertEquals(Optional.of(ONE), p.state.good());
  }

  @Test
  void rollsACrashLoopBackOnceAndAlone() {
    Placement p = second().crashes(APISERVER);
    p.is("ROLLING_BACK", RolloutBecause.ASKING_CONSENT);
    p.does("AskConsent kube-apiserver ROLL_BACK").does("Place kube-apiserver");
    assertEquals(3, p.directory.size());
    p.runs(ETCD, APISERVER, SCHEDULER).does("MarkCurrent");
    p.is("ROLLED_BACK", RolloutBecause.CRASH_LOOP).rests();
    p.crashes(APISERVER).pass(3600).rests().is("ROLLED_BACK", RolloutBecause.CRASH_LOOP);
  }

  @Test
  void aFailedRollBackIsNotTriedAgain() {
    Placement p = second().crashes(APISERVER).does("AskConsent kube-apiserver ROLL_BACK");
    p.does("Place kube-apiserver").runs(ETCD).crashes(APISERVER).does("MarkCurrent");
    p.is("ROLLBACK_FAILED", RolloutBecause.CRASH_LOOP);
    p.pass(3600).crashes(APISERVER).rests().is("ROLLBACK_FAILED", RolloutBecause.CRASH_LOOP);
    p.runs(ETCD, APISERVER, SCHEDULER).is("ROLLED_BACK", RolloutBecause.CRASH_LOOP);
  }

  @Test
  void aRollBackDoesNotFailByContainersOfTheManifestThatWasRolledBack() {
    Placement p = second().crashes(APISERVER).does("AskConsent kube-apiserver ROLL_BACK");
    p.does("Place kube-apiserver").runs(ETCD);
    // The look began after the file was there, but before its time was known to it.
    p.seesByTime(APISERVER, new PodVerdict.Crashing(3, "exit code 1"), Instant.EPOCH);
    p.is("ROLLING_BACK", RolloutBecause.AWAITING_LOOK);
    p.runs(ETCD, APISERVER, SCHEDULER).does("MarkCurrent");
    p.is("ROLLED_BACK", RolloutBecause.CRASH_LOOP);
  }

  @Test
  void theNextOrderIsNotBlockedByARollBack() {
    Placement p = second().crashes(APISERVER).does("AskConsent kube-apiserver ROLL_BACK");
    p.does("Place kube-apiserver").runs(ETCD, APISERVER, SCHEDULER).does("MarkCurrent");
    p.order(target(3, "a", "c", "a")).runs(ETCD).does("Prepare").does("MarkCurrent");
    p.does("Place kube-apiserver").is("PLACING", RolloutBecause.AWAITING_LOOK);
  }

  @Test
  void rollsBackWhatDoesNotComeUpInTime() {
    Placement p = second();
    for (int n = 0; n < 8; n++) {
      p.runs(ETCD).failsItsProbe(APISERVER).is("PLACING", RolloutBecause.AWAITING_PROBE).pass(28);
    }
    p.runs(ETCD).pass(30).runs(ETCD).failsItsProbe(APISERVER);
    p.is("ROLLING_BACK", RolloutBecause.ASKING_CONSENT);
  }

  @Test
  void aFirstPlacementWaitsForEverAndNeverRollsBack() {
    Placement p = fresh().order(ONE).begins().does("Place etcd").crashes(ETCD);
    p.is("PLACING", RolloutBecause.CRASH_LOOP).rests();
    p.pass(7200).crashes(ETCD).is("PLACING", RolloutBecause.CRASH_LOOP).rests();
    p.runs(ETCD).is("Place kube-apiserver");
  }

  @Test
  void anEtcdWithoutItsPeersIsWaitedFor() {
    Placement p = fresh().order(ONE).begins().does("Place etcd").failsItsProbe(ETCD);
    p.is("PLACING", RolloutBecause.AWAITING_PEERS);
    p.pass(3600).failsItsProbe(ETCD).is("PLACING", RolloutBecause.AWAITING_PEERS).rests();
  }

  @Test
  void anEtcdThatIsTheSameInTheLastKnownGoodIsWaitedFor() {
    Placement p = standing(ONE).order(TWO).failsItsProbe(ETCD).pass(3600).failsItsProbe(ETCD);
    p.is("PLACING", RolloutBecause.AWAITING_PEERS).rests();
  }

  @Test
  void aSilentDockerIsNoFailure() {
    Placement p = second();
    for (int n = 0; n < 20; n++) {
      p.sees(APISERVER, new PodVerdict.Unknown("no answer")).pass(60).runs(ETCD);
    }
    p.sees(APISERVER, new PodVerdict.Unknown("no answer"));
    p.is("PLACING", RolloutBecause.RUNTIME_UNKNOWN).rests();
  }

  @Test
  void anApiserverThatCrashedForWantOfEtcdIsNotRolledBack() {
    Placement p = second().failsItsProbe(ETCD).crashes(APISERVER).rests();
    p.runs(ETCD).crashes(APISERVER).rests().is("PLACING", RolloutBecause.AWAITING_CONTAINER);
  }

  @Test
  void aFullDiskIsTriedAgainAndRollsNothingBack() {
    Placement p = fresh().order(ONE).begins().is("Place etcd");
    p.ends(new Outcome.Failed("no space left")).is("PLACING", RolloutBecause.WRITE_FAILED).rests();
    p.pass(29).rests().pass(1).does("Place etcd");
  }

  @Test
  void aLateOutcomeIsNotTakenForAnothers() {
    Placement p = fresh().order(ONE).is("Prepare");
    long number = p.state.inFlight().orElseThrow().number();
    p.ends(new Outcome.Uncertain("no end")).pass(30).is("Prepare");
    p.ends(number, new Outcome.Done()).is("Prepare");
  }

  @Test
  void anOrderWaitsForTheActionInFlight() {
    Placement p = fresh().order(ONE).begins().is("Place etcd");
    p.order(TWO).is("Place etcd").does("Place etcd").looks().runs(ETCD).is("Prepare");
    assertEquals(Optional.of(TWO), p.state.target());
  }

  @Test
  void anOrderForWhatStandsWritesNothing() {
    Placement p = standing(ONE).order(ONE).rests().runs(ETCD, APISERVER, SCHEDULER);
    p.is("PLACED", RolloutBecause.VERIFIED).rests();
  }

  @Test
  void stopsAnOldContainerThatTheKubeletLeavesButNeverAnEtcd() {
    PodVerdict old = new PodVerdict.Outdated("c0ffee", "still there");
    Placement p = second().sees(APISERVER, old).rests().pass(59).runs(ETCD);
    p.sees(APISERVER, old).is("Stop c0ffee");
    Placement etcd = fresh().order(ONE).begins().does("Place etcd").sees(ETCD, old);
    etcd.pass(3600).sees(ETCD, old).rests().is("PLACING", RolloutBecause.OLD_CONTAINER_STAYS);
  }

  @Test
  void putsAMissingFileBackAskingFirstForEtcd() {
    Placement p = standing(ONE);
    p.directory.remove("kube-scheduler.yaml");
    p.looks().does("Place kube-scheduler");
    p.directory.remove("etcd.yaml");
    p.looks().is("AskConsent etcd MISSING");
    p.ends(new Outcome.Refused("etcd data", "its directory is empty", Duration.ofMinutes(10)));
    p.rests().pass(599).rests().pass(2).does("AskConsent etcd MISSING").does("Place etcd");
  }

  @Test
  void aChangeByHandIsReportedAndKept() {
    Placement p = standing(ONE);
    p.directory.put("kube-scheduler.yaml", "by hand");
    p.looks().runs(ETCD, APISERVER).pass(3600).looks().rests();
    p.is("PLACED", RolloutBecause.FILE_CHANGED);
  }

  @Test
  void anotherToolsDirectoryIsLeftAlone() {
    Placement p = standing(ONE);
    p.owner = Optional.of("kubeadm");
    p.directory.clear();
    p.looks().is("OBSERVED", RolloutBecause.OWNED_BY_OTHER).rests();
    p.order(TWO).rests().is("OBSERVED", RolloutBecause.OWNED_BY_OTHER);
  }

  @Test
  void observingPutsNothingBackButCarriesOrdersOut() {
    Placement p = standing(ONE);
    p.policy = new RolloutPolicy(true, true, true);
    p.directory.remove("kube-scheduler.yaml");
    p.looks().rests().is("PLACED", RolloutBecause.OBSERVE_ONLY);
    p.order(TWO).runs(ETCD).does("Prepare").does("MarkCurrent").is("Place kube-apiserver");
  }

  @Test
  void movesADuplicateAwayOnlyWhereThatIsWanted() {
    Placement p = standing(ONE);
    p.directory.put("etcd.yaml.bak", "etcd of old");
    p.looks().rests();
    p.policy = new RolloutPolicy(false, false, true);
    p.looks().is("Quarantine etcd.yaml.bak");
  }
}
