package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.SeedMaster;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScenesTest {
  private static final Master M1 =
      SeedMaster.m1("c", Map.of("m1", "10.0.0.1", "m2", "10.0.0.2", "m3", "10.0.0.3"));

  private static final Scenes.Host HOST =
      new Scenes.Host(
          new ProcessSeen.Absent(),
          Evidence.NOW,
          false,
          false,
          false,
          Duration.ofHours(1),
          Optional.empty());

  private static Scene scene(Evidence evidence, Optional<EntryView> entry) {
    return Scenes.of(M1, HOST, evidence.view(), entry, Evidence.NOW);
  }

  /** The apiservers of m1, m2, m3 as far as given. */
  private static Optional<EntryView> entry(ApiserverState... states) {
    List<ApiserverView> seen = new ArrayList<>();
    for (ApiserverState state : states) {
      String master = "m" + (seen.size() + 1);
      seen.add(
          new ApiserverView(
              master,
              "https://" + master,
              seen.isEmpty(),
              state,
              Evidence.NOW.minusSeconds(99),
              "",
              ""));
    }
    return Optional.of(
        new EntryView(Evidence.NOW.minusSeconds(5), seen, Optional.empty(), List.of(), List.of()));
  }

  @Test
  void theOwnDaemonsWordIsNoWordOfAnother() {
    Evidence evidence = Evidence.three().heard(1, Duration.ofSeconds(5), "running", "HEALTHY");
    Scene scene = scene(evidence, Optional.empty());
    assertEquals(List.of(), scene.busy());
    assertEquals(List.of(), scene.otherApiservers());
  }

  @Test
  void anotherMasterIsBusyWhileItsFreshWordSaysSo() {
    Evidence evidence =
        Evidence.three()
            .heard(2, Duration.ofSeconds(75), "running", "DOWN")
            .heard(3, Duration.ofSeconds(10), "blocked", "DOWN");
    assertEquals(List.of("m2"), scene(evidence, Optional.empty()).busy());
    Evidence old = Evidence.three().heard(2, Duration.ofSeconds(76), "running", "HEALTHY");
    assertEquals(List.of(), scene(old, Optional.empty()).busy());
    assertEquals(List.of(), scene(old, Optional.empty()).otherApiservers());
  }

  @Test
  void anotherApiserverIsSeenDirectlyOrByItsDaemonsWord() {
    Evidence evidence = Evidence.three().heard(3, Duration.ofSeconds(10), "none", "HEALTHY");
    Scene scene = scene(evidence, entry(ApiserverState.HEALTHY, ApiserverState.UP));
    assertEquals(List.of("m2", "m3"), scene.otherApiservers());
    assertTrue(scene.ownApiserver());
  }

  @Test
  void aWordOfAMinuteAgoDoesNotOutweighThatNothingListensThere() {
    Evidence evidence = Evidence.three().heard(2, Duration.ofSeconds(60), "none", "HEALTHY");
    assertEquals(
        List.of(),
        scene(evidence, entry(ApiserverState.HEALTHY, ApiserverState.DOWN)).otherApiservers());
    assertEquals(
        List.of("m2"),
        scene(evidence, entry(ApiserverState.HEALTHY, ApiserverState.UNREACHABLE))
            .otherApiservers());
  }

  @Test
  void anApiserverThatIsNotKnownMayServe() {
    assertTrue(scene(Evidence.three(), Optional.empty()).apiserverMayServe());
    Scene unknown = scene(Evidence.three(), entry(ApiserverState.UNKNOWN));
    assertTrue(unknown.apiserverMayServe());
    assertFalse(unknown.ownApiserver());
    Scene down = scene(Evidence.three(), entry(ApiserverState.DOWN));
    assertEquals(Optional.of(Evidence.NOW.minusSeconds(99)), down.apiserverDead());
  }

  @Test
  void apiserversOfAMinuteAgoAreNotKnown() {
    Optional<EntryView> old =
        entry(ApiserverState.DOWN, ApiserverState.HEALTHY)
            .map(
                view ->
                    new EntryView(
                        Evidence.NOW.minusSeconds(60),
                        view.apiservers(),
                        Optional.empty(),
                        List.of(),
                        List.of()));
    Scene scene = scene(Evidence.three(), old);
    assertTrue(scene.apiserverMayServe());
    assertEquals(List.of(), scene.otherApiservers());
  }

  @Test
  void itsRankIsThatOfItsName() {
    assertEquals(new Rank(0, 3), scene(Evidence.three(), Optional.empty()).rank());
  }
}
