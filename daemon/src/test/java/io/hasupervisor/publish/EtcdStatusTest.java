package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdViews;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.publish.Status.Level;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the status tells of etcd. */
final class EtcdStatusTest {
  private static final EtcdView RISK =
      EtcdViews.of(
          ClusterState.QUORUM_AT_RISK, MemberState.HEALTHY, MemberState.HEALTHY, MemberState.DOWN);

  private static EtcdStatus published(EtcdView view, int masters) {
    return EtcdStatusView.of(view, masters, EtcdViews.AT, Docker.BOOT.plus(Docker.NOW));
  }

  private static Status status(EtcdView view) {
    return Masters.status(
        Masters.WELL.with(Optional.of(published(view, 3)), Optional.empty(), Optional.empty()));
  }

  /** The status of a master whose etcd can lose no member more. */
  static Status atRisk() {
    return status(RISK);
  }

  private static Level level(ClusterState state, int masters) {
    return EtcdSummary.level(published(EtcdViews.of(state, MemberState.HEALTHY), masters));
  }

  @Test
  void everyStateHasTheLevelThatAnOperatorNeeds() {
    Set<ClusterState> critical =
        EnumSet.of(
            ClusterState.DATA_REGRESSION,
            ClusterState.SPLIT_VIEW,
            ClusterState.CORRUPT,
            ClusterState.PARTITIONED_SELF,
            ClusterState.QUORUM_LOST,
            ClusterState.READ_ONLY);
    for (ClusterState state : ClusterState.values()) {
      Level wanted =
          critical.contains(state)
              ? Level.CRITICAL
              : state == ClusterState.QUORUM_FULL ? Level.OK : Level.ATTENTION;
      assertEquals(wanted, level(state, 3), state::toString);
      assertEquals(wanted, status(EtcdViews.of(state, MemberState.HEALTHY)).verdict());
    }
    assertEquals(Level.OK, level(ClusterState.SINGLE, 1), "one master can have no more");
  }

  @Test
  void whatIsNotKnownYetAfterAStartAlarmsNobody() {
    EtcdStatus starting = published(EtcdViews.because(ClusterState.QUORUM_UNKNOWN, "STARTING"), 3);
    assertEquals(Level.OK, EtcdSummary.level(starting));
    assertEquals(List.of("etcd is not known yet"), EtcdSummary.clauses(starting));
  }

  @Test
  void theSummaryNamesTheMembersThatAreNotWell() {
    assertEquals(
        "docker is healthy; etcd works but can lose no member more (m3 DOWN).",
        status(RISK).summary().replace("; all manifests run as placed", ""));
    assertEquals(
        "docker is healthy; all manifests run as placed.",
        status(EtcdViews.of(ClusterState.QUORUM_FULL, MemberState.HEALTHY)).summary());
  }

  @Test
  void aMastersEtcdLooksLikeThis() {
    String text = StatusText.of(status(RISK), Rendering.TEXT);
    assertTrue(
        text.endsWith(
            """

            ETCD MEMBER  STATE    SINCE                  ROLE
            m1           HEALTHY  20:59:30Z 30s ago      this host
            m2           HEALTHY  20:59:30Z 30s ago      leader
            m3           DOWN     20:59:30Z 30s ago
              refused on 2380
            QUORUM_AT_RISK, since 20:59:00Z 1m ago
              etcd: it is QUORUM_AT_RISK
            """),
        text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
  }

  @Test
  void jsonHasTheNamesOfTheContractAndUnsignedIdsAsTexts() throws IOException {
    JsonNode etcd =
        new ObjectMapper().readTree(StatusJson.of(status(RISK))).at("/controlPlane/etcd");
    assertEquals("QUORUM_AT_RISK", etcd.get("state").asText());
    assertEquals(412, etcd.get("proofAgeMs").asLong());
    assertEquals("18446744073709551614", etcd.get("proofVia").asText());
    assertTrue(etcd.get("proofVia").isTextual());
    assertEquals("33297", etcd.get("clusterId").asText());
    assertEquals(2, etcd.get("quorum").asInt());
    assertEquals(0, etcd.get("canLose").asInt());
    assertEquals(812_240, etcd.get("rememberedRevision").asLong());
    JsonNode down = etcd.at("/members/2");
    assertEquals("DOWN", down.get("state").asText());
    assertEquals("refused", down.at("/evidence/E1").asText());
    assertTrue(down.get("lag").isNull(), "not known");
    assertTrue(down.get("lastProof").isNull());
    assertEquals("2026-11-24T20:59:30Z", down.get("since").asText());
  }

  @Test
  void fewerMembersThanMastersAreTold() {
    EtcdView one = EtcdViews.of(ClusterState.SINGLE, MemberState.HEALTHY);
    assertEquals(List.of("FEWER_VOTERS_THAN_MASTERS"), published(one, 3).reasons());
    assertEquals(List.of(), published(one, 1).reasons());
  }

  @Test
  void foreignWordsCannotForgeLines() {
    String text =
        StatusText.of(
            status(EtcdViews.because(ClusterState.QUORUM_LOST, "\033[2J\nx")), Rendering.TEXT);
    assertFalse(text.contains("\033"), text);
    assertTrue(text.lines().noneMatch(line -> line.startsWith("forged")), text);
  }
}
