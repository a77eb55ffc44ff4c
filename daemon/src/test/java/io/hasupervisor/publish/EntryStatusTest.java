package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.balancer.BalancerState;
import io.hasupervisor.assess.balancer.BalancerView;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdViews;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.assess.leader.LeaderState;
import io.hasupervisor.assess.leader.LeaderView;
import io.hasupervisor.publish.Status.Level;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the status tells of the way into the cluster. */
final class EntryStatusTest {

  private static ApiserverView apiserver(String master, ApiserverState state, String cause) {
    return new ApiserverView(
        master,
        "https://10.0.0.1:6443",
        master.equals("m1"),
        state,
        Docker.ago(30),
        "it is " + state,
        cause);
  }

  private static Optional<BalancerView> balancer(BalancerState state) {
    return Optional.of(
        new BalancerView("10.0.0.10:6443", state, Docker.ago(30), "it is " + state, List.of("m1")));
  }

  private static LeaderView leader(String component, LeaderState state) {
    boolean held = state == LeaderState.HELD;
    return new LeaderView(
        component,
        state,
        held ? Optional.of("m2") : Optional.empty(),
        Optional.empty(),
        Docker.ago(30),
        Optional.empty(),
        "it is " + state);
  }

  private static EntryView view(
      ApiserverState own, ApiserverState other, BalancerState balancer, LeaderState leader) {
    return new EntryView(
        Docker.NOW,
        List.of(
            apiserver("m1", own, own == ApiserverState.ETCD_FAILS ? "etcd: quorum is lost" : ""),
            apiserver("m2", other, "")),
        balancer(balancer),
        List.of(
            leader("kube-scheduler", leader), leader("kube-controller-manager", LeaderState.HELD)),
        List.of());
  }

  private static EntryView well() {
    return view(ApiserverState.HEALTHY, ApiserverState.UP, BalancerState.HEALTHY, LeaderState.HELD);
  }

  private static EntryView own(ApiserverState state) {
    return view(state, ApiserverState.HEALTHY, BalancerState.HEALTHY, LeaderState.HELD);
  }

  private static EntryStatus published(EntryView view) {
    return EntryStatusView.of(view, Docker.NOW, Docker.BOOT.plus(Docker.NOW));
  }

  private static Optional<EtcdStatus> etcd(ClusterState state) {
    return Optional.of(
        EtcdStatusView.of(
            EtcdViews.of(state, MemberState.HEALTHY),
            3,
            EtcdViews.AT,
            Docker.BOOT.plus(Docker.NOW)));
  }

  private static Status status(EntryView view, Optional<EtcdStatus> etcd) {
    return Masters.status(Masters.WELL.with(etcd, Optional.of(published(view)), Optional.empty()));
  }

  /** The status of a master on whose way in everything is of interest. */
  static Status sick() {
    return status(
        view(
            ApiserverState.ETCD_FAILS,
            ApiserverState.DOWN,
            BalancerState.NO_MASTER_SERVES,
            LeaderState.STALE),
        etcd(ClusterState.QUORUM_LOST));
  }

  private static List<String> clauses(EntryView view, ClusterState etcd) {
    return EntrySummary.clauses(published(view), etcd(etcd));
  }

  @Test
  void whereAllIsWellNothingIsAddedToTheSentence() {
    Status status = status(well(), etcd(ClusterState.QUORUM_FULL));
    assertEquals("docker is healthy; all manifests run as placed.", status.summary());
    assertEquals(Level.OK, status.verdict());
  }

  @Test
  void ownTroubleIsCriticalUnlessEtcdIsTheCause() {
    for (ApiserverState state : ApiserverState.values()) {
      Level wanted =
          switch (state) {
            case UNKNOWN, UP, HEALTHY -> Level.OK;
            case ETCD_FAILS, NOT_READY -> Level.ATTENTION;
            case DOWN, UNREACHABLE, HUNG, UNTRUSTED, FOREIGN, SICK -> Level.CRITICAL;
          };
      assertEquals(wanted, status(own(state), Optional.empty()).verdict(), state::toString);
      Level of =
          EntrySummary.level(
              published(
                  view(ApiserverState.HEALTHY, state, BalancerState.HEALTHY, LeaderState.HELD)));
      assertEquals(wanted == Level.OK ? Level.OK : Level.ATTENTION, of, state::toString);
      assertEquals(
          wanted == Level.OK, clauses(own(state), ClusterState.QUORUM_FULL).isEmpty(), "" + state);
    }
  }

  @Test
  void theBalancerAndTheLeadersCallForAttention() {
    for (BalancerState state : BalancerState.values()) {
      EntryView view =
          view(ApiserverState.HEALTHY, ApiserverState.HEALTHY, state, LeaderState.HELD);
      boolean well = state == BalancerState.HEALTHY || state == BalancerState.UNKNOWN;
      assertEquals(well ? Level.OK : Level.ATTENTION, EntrySummary.level(published(view)));
      assertEquals(well, clauses(view, ClusterState.QUORUM_FULL).isEmpty(), state::toString);
    }
    for (LeaderState state : LeaderState.values()) {
      EntryView view =
          view(ApiserverState.HEALTHY, ApiserverState.HEALTHY, BalancerState.HEALTHY, state);
      boolean well = state == LeaderState.HELD || state == LeaderState.UNKNOWN;
      assertEquals(well ? Level.OK : Level.ATTENTION, EntrySummary.level(published(view)));
      assertEquals(well, clauses(view, ClusterState.QUORUM_FULL).isEmpty(), state::toString);
    }
  }

  @Test
  void theSentenceNamesCauseAndConsequence() {
    assertEquals(
        List.of("the apiserver does not work because etcd has lost quorum"),
        clauses(own(ApiserverState.ETCD_FAILS), ClusterState.QUORUM_LOST));
    assertEquals(
        List.of("the apiserver does not work because its etcd does not answer it"),
        clauses(own(ApiserverState.ETCD_FAILS), ClusterState.QUORUM_AT_RISK));
    assertEquals(
        List.of("the apiserver is down"),
        clauses(own(ApiserverState.DOWN), ClusterState.QUORUM_FULL));
    assertTrue(
        sick()
            .summary()
            .contains(
                "etcd has lost quorum; the apiserver does not work because etcd has lost quorum;"
                    + " another apiserver does not serve (m2 DOWN); the load balancer works and no"
                    + " master behind it serves; nobody leads kube-scheduler because etcd has lost"
                    + " quorum"),
        sick()::summary);
  }

  @Test
  void aMastersWayInLooksLikeThis() {
    String text = StatusText.of(sick(), Rendering.TEXT);
    assertTrue(
        text.endsWith(
            """

            WAY IN                   STATE             SINCE
            apiserver m1             ETCD_FAILS        20:59:30Z 30s ago      this host
              it is ETCD_FAILS; etcd: quorum is lost
            apiserver m2             DOWN              20:59:30Z 30s ago
              it is DOWN
            load balancer            NO_MASTER_SERVES  20:59:30Z 30s ago      10.0.0.10:6443
              it is NO_MASTER_SERVES
            kube-scheduler           STALE             20:59:30Z 30s ago
              it is STALE
            kube-controller-manager  HELD              20:59:30Z 30s ago      leads on m2
            """),
        text);
  }

  @Test
  void jsonHasTheNamesOfTheContract() throws IOException {
    JsonNode plane = new ObjectMapper().readTree(StatusJson.of(sick())).get("controlPlane");
    assertEquals("ETCD_FAILS", plane.at("/apiservers/0/state").asText());
    assertTrue(plane.at("/apiservers/0/own").asBoolean());
    assertEquals("etcd: quorum is lost", plane.at("/apiservers/0/cause").asText());
    assertEquals("2026-11-24T20:59:30Z", plane.at("/apiservers/1/since").asText());
    assertEquals("NO_MASTER_SERVES", plane.at("/loadBalancer/state").asText());
    assertEquals("STALE", plane.at("/leaders/0/state").asText());
    assertTrue(plane.at("/leaders/0/master").isNull());
  }

  @Test
  void foreignWordsCannotForgeLines() {
    EntryView forged =
        new EntryView(
            Docker.NOW,
            List.of(apiserver("m2\nforged", ApiserverState.FOREIGN, "\033[2J\nforged")),
            Optional.empty(),
            List.of(),
            List.of());
    String text = StatusText.of(status(forged, Optional.empty()), Rendering.TEXT);
    assertFalse(text.contains("\033"), text);
    assertTrue(text.lines().noneMatch(line -> line.startsWith("forged")), text);
  }
}
