package io.hasupervisor.assess.masters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.masters.Difference.Kind;
import io.hasupervisor.assess.masters.Difference.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not the same on all masters, and from when on that is amiss. */
final class DifferencesTest {
  private static final int TEN_MINUTES = 600;

  private final ThreeMasters masters = new ThreeMasters();

  private void has(String name, Map<String, String> secrets) {
    masters.reports.put(name, ThreeMasters.report("0.2.0", 7, secrets));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> secrets = new HashMap<>(ThreeMasters.secrets("1", "2"));
    secrets.put(name, value);
    return secrets;
  }

  private static List<String> what(MastersView view) {
    return view.differences().stream().map(it -> it.kind() + " " + it.what()).toList();
  }

  @Test
  void aSecretThatDiffersIsShownAtOnceAndCriticalAfterTenMinutes() {
    has("m3", ThreeMasters.secrets("1", "3"));
    MastersView view = masters.looks(TEN_MINUTES, 2, 3);
    assertEquals(List.of("SECRET known_tokens.csv"), what(view));
    assertEquals(List.of("m1", "m2"), view.differences().getFirst().sides().getFirst().masters());
    assertEquals(List.of(), masters.codes());
    masters.looks(2, 2, 3);
    Finding found = MastersFindings.of(masters.look()).getFirst();
    assertEquals("SECRET_DIFFERS", found.code());
    assertEquals(Finding.Severity.CRITICAL, found.severity());
    assertEquals("known_tokens.csv", found.subject());
    assertEquals(
        "known_tokens.csv is not the same on all masters: m1, m2 agree; m3 has its own. Who is let"
            + " in depends on the master that the load balancer chose.",
        found.text());
    assertFalse(found.toString().contains("3333"), found.toString());
  }

  @Test
  void whatBecomesEqualAgainBeginsAnew() {
    has("m3", ThreeMasters.secrets("1", "3"));
    masters.looks(500, 2, 3);
    has("m3", ThreeMasters.secrets("1", "2"));
    masters.looks(31, 2, 3);
    has("m3", ThreeMasters.secrets("1", "3"));
    masters.looks(500, 2, 3);
    assertEquals(List.of(), masters.codes());
  }

  @Test
  void aFileThatIsOnOneMasterOnlyDiffers() {
    has("m2", with("known_tokens.csv", "none"));
    masters.looks(TEN_MINUTES + 2, 2, 3);
    assertEquals(List.of("SECRET_DIFFERS"), masters.codes());
    assertTrue(
        MastersFindings.of(masters.look()).getFirst().text().contains("m1, m3 agree; m2 has none"));
  }

  @Test
  void whereTheSigningKeyDiffersNothingElseIsCompared() {
    has("m3", ThreeMasters.secrets("3", "4"));
    assertEquals(List.of("SECRET server.key"), what(masters.looks(5, 2, 3)));
  }

  @Test
  void aMasterWithoutASigningKeyAndOneThatSaysNothingAreNotCompared() {
    has("m2", Map.of("server.key", "none"));
    has("m3", Map.of());
    assertEquals(List.of(), what(masters.looks(5, 2, 3)));
  }

  @Test
  void theAuthoritysKeyMayBeKeptElsewhereButNotBeAnother() {
    has("m1", with("ca.key", "aaaaaaaaaaaaaaaa"));
    has("m2", with("ca.key", "none"));
    assertEquals(List.of(), what(masters.looks(5, 2, 3)));
    has("m3", with("ca.key", "bbbbbbbbbbbbbbbb"));
    assertEquals(List.of("SECRET ca.key"), what(masters.looks(31, 2, 3)));
  }

  @Test
  void whatOnlyANewerVersionTellsIsNotCompared() {
    has("m2", with("new-secret", "eeeeeeeeeeeeeeee"));
    assertEquals(List.of(), what(masters.looks(5, 2, 3)));
  }

  @Test
  void aSilentMasterIsNotCompared() {
    has("m3", ThreeMasters.secrets("1", "3"));
    masters.looks(5, 2, 3);
    assertEquals(List.of(), what(masters.looks(90, 2)));
  }

  @Test
  void aLostQuorumNeitherMendsNorAddsADifference() {
    has("m3", ThreeMasters.secrets("1", "3"));
    masters.looks(30, 2, 3);
    masters.state = ClusterState.QUORUM_LOST;
    assertEquals(List.of("SECRET known_tokens.csv"), what(masters.looks(TEN_MINUTES)));
    assertEquals(List.of("SECRET_DIFFERS"), masters.codes());
  }

  @Test
  void versionsAreToldAtOnceAndWarnedOfAfterTenMinutes() {
    masters.reports.put("m3", ThreeMasters.report("0.3.0", 9, ThreeMasters.secrets("1", "2")));
    MastersView view = masters.looks(5, 2, 3);
    assertEquals(List.of("SUPERVISOR ", "MANIFESTS "), what(view));
    assertEquals(
        List.of(new Side("0.2.0", List.of("m1", "m2")), new Side("0.3.0", List.of("m3"))),
        view.differences().getFirst().sides());
    assertEquals(List.of(), masters.codes());
    masters.looks(TEN_MINUTES, 2, 3);
    assertEquals(List.of("VERSIONS_DIFFER"), masters.codes());
  }

  @Test
  void eachHostCountsItsOwnRevisionsSoThatTheirDifferenceIsNoFinding() {
    masters.reports.put("m3", ThreeMasters.report("0.2.0", 9, ThreeMasters.secrets("1", "2")));
    MastersView view = masters.looks(TEN_MINUTES * 2, 2, 3);
    assertEquals(Kind.MANIFESTS, view.differences().getFirst().kind());
    assertEquals(List.of(), masters.codes());
  }
}
