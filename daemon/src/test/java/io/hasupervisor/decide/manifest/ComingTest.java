package io.hasupervisor.decide.manifest;

import static io.hasupervisor.decide.manifest.Placement.APISERVER;
import static io.hasupervisor.decide.manifest.Placement.ETCD;
import static io.hasupervisor.decide.manifest.Placement.SCHEDULER;
import static io.hasupervisor.decide.manifest.Placement.standing;
import static io.hasupervisor.decide.manifest.Placement.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether a master may be called steady again after one of its manifests was changed. */
final class ComingTest {
  private static final Target ONE = target(1, "a", "a", "a");
  private static final Target BOTH = target(2, "b", "b", "a");

  private static Coming of(Placement p, String manifest) {
    return Coming.of(p.state, manifest, p.now);
  }

  /** Revision 2 up to the new etcd, whose pod has not been seen. */
  private static Placement etcdPlaced() {
    return standing(ONE).order(BOTH).does("Prepare").does("MarkCurrent").does("Place etcd");
  }

  @Test
  void isBusyFromTheQuestionUntilThePodRunsAndWellThen() {
    Placement p = standing(ONE);
    p.consents = false;
    p.order(BOTH).does("Prepare").does("MarkCurrent").is("AskConsent etcd ORDERED");
    assertTrue(of(p, ETCD).busy());
    p.does("AskConsent etcd ORDERED");
    assertTrue(of(p, ETCD).busy());
    p.does("Place etcd");
    assertEquals(new Coming(true, false, false), of(p, ETCD));
    p.runs(ETCD);
    assertEquals(new Coming(false, true, false), of(p, ETCD));
  }

  @Test
  void etcdIsDoneWithWhileTheApiserversConsentIsAskedForAndRefused() {
    Placement p = etcdPlaced();
    p.consents = false;
    p.runs(ETCD).is("AskConsent kube-apiserver ORDERED");
    assertEquals(new Coming(false, true, false), of(p, ETCD));
    p.ends(new Outcome.Refused("BUSY", "it is not steady yet", Duration.ofSeconds(10)));
    assertEquals(new Coming(false, true, false), of(p, ETCD));
    assertFalse(of(p, APISERVER).busy(), "nobody does anything about it");
  }

  @Test
  void aPodThatIsToBeReplacedIsNotWaitedForOrAnEarlierLockWouldNeverBeGivenBack() {
    assertEquals(new Coming(false, true, false), of(etcdPlaced(), APISERVER));
  }

  @Test
  void nothingIsKnownToBeWellBeforeTheDirectoryWasSeen() {
    Placement p = standing(ONE).runs(ETCD, APISERVER, SCHEDULER);
    assertTrue(of(p, ETCD).well());
    p.state = p.state.with(p.state.facts().stale(p.now));
    assertFalse(of(p, ETCD).well());
  }

  @Test
  void whatIsRolledBackHasFailedUntilItRunsAgain() {
    Placement p = etcdPlaced().crashes(ETCD).is("AskConsent etcd ROLL_BACK");
    assertEquals(new Coming(true, true, true), of(p, ETCD));
    assertFalse(of(p, APISERVER).failed());
    p.does("AskConsent etcd ROLL_BACK").does("Place etcd");
    assertEquals(new Coming(true, false, true), of(p, ETCD));
    p.runs(ETCD, APISERVER, SCHEDULER).does("MarkCurrent");
    assertEquals(new Coming(false, true, false), of(p, ETCD));
  }

  @Test
  void aWayBackThatFailsTooHasFailed() {
    Placement p = etcdPlaced().crashes(ETCD).does("AskConsent etcd ROLL_BACK").does("Place etcd");
    p.crashes(ETCD);
    assertEquals("ROLLBACK_FAILED", p.state.phase().label());
    assertTrue(of(p, ETCD).failed());
    assertFalse(of(p, ETCD).well());
  }

  @Test
  void ofAManifestThatIsNotPlacedNothingIsAwaited() {
    assertEquals(new Coming(false, true, false), of(Placement.fresh(), "web"));
  }
}
