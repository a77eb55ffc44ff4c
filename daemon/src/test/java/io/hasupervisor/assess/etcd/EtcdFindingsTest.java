package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operator is told to do. */
final class EtcdFindingsTest {

  @Test
  void aFullQuorumNeedsNothing() {
    assertEquals(List.of(), EtcdFindings.of(Watched.settled(new Masters(3)).view()));
  }

  @ParameterizedTest
  @EnumSource(ClusterState.class)
  void eachOtherStateIsTold(ClusterState state) {
    List<Finding> findings = EtcdFindings.of(view(state, List.of(), List.of()));

    assertEquals(state == ClusterState.QUORUM_FULL ? 0 : 1, findings.size());
    findings.forEach(EtcdFindingsTest::isWhole);
  }

  @ParameterizedTest
  @EnumSource(EtcdReason.class)
  void eachReasonIsToldOnceByItselfOrByTheState(EtcdReason reason) {
    Set<EtcdReason> byState =
        EnumSet.of(
            EtcdReason.STARTING,
            EtcdReason.CLUSTER_CHANGED,
            EtcdReason.TWO_CLUSTERS,
            EtcdReason.LISTS_DIFFER,
            EtcdReason.TWO_LEADERS);

    List<Finding> findings =
        EtcdFindings.of(view(ClusterState.QUORUM_FULL, List.of(reason.name()), List.of()));

    assertEquals(byState.contains(reason) ? 0 : 1, findings.size());
    findings.forEach(EtcdFindingsTest::isWhole);
    findings.forEach(finding -> assertEquals(reason.name(), finding.code()));
  }

  @Test
  void aLostQuorumForbidsRestartsAndNamesTheWayBack() {
    Watched watched = Watched.settled(new Masters(3));
    watched.masters.kill(2, 3);
    watched.until(ClusterState.QUORUM_LOST);

    Finding finding = EtcdFindings.of(watched.view()).getFirst();

    assertEquals(Severity.CRITICAL, finding.severity());
    assertTrue(finding.cure().startsWith("Bring back enough of master-2 (DOWN"), finding.cure());
    assertTrue(finding.cure().contains("Never restart docker"), finding.cure());
    assertTrue(finding.cure().contains("backup restore-plan"), finding.cure());
  }

  @Test
  void aFullDatabaseIsCompactedDefragmentedAndDisarmedInThisOrder() {
    Watched watched = Watched.settled(new Masters(3));
    watched.masters.errors.add("memberID:17293822569102704642 alarm:NOSPACE ");

    String cure = EtcdFindings.of(watched.step()).getFirst().cure();

    List<Integer> places =
        List.of(cure.indexOf(" compact "), cure.indexOf(" defrag"), cure.indexOf(" alarm disarm"));
    assertTrue(places.getFirst() > 0, cure);
    assertEquals(places.stream().sorted(Comparator.naturalOrder()).toList(), places);
  }

  @Test
  void anAlarmBesideAWorseStateIsToldToo() {
    Set<String> codes =
        EtcdFindings.of(
                view(ClusterState.QUORUM_LOST, List.of(), List.of("NOSPACE a1", "ODD", "CORRUPT")))
            .stream()
            .map(Finding::code)
            .collect(Collectors.toSet());

    assertEquals(Set.of("QUORUM_LOST", "NOSPACE", "CORRUPT", "ALARM"), codes);
  }

  @Test
  void anotherClusterIsAcceptedOnlyByTheOperator() {
    Finding finding =
        EtcdFindings.of(view(ClusterState.DATA_REGRESSION, List.of("CLUSTER_CHANGED"), List.of()))
            .getFirst();

    assertEquals("CLUSTER_CHANGED", finding.code());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertTrue(finding.cure().contains("ha-supervisor etcd accept-restore"), finding.cure());
  }

  private static void isWhole(Finding finding) {
    assertTrue(finding.text().endsWith("."), finding.text());
    assertTrue(finding.cure().endsWith("."), finding.cure());
    assertTrue(finding.code().matches("[A-Z_]+"), finding.code());
    assertTrue(Character.isUpperCase(finding.cure().charAt(0)), finding.cure());
  }

  /** A view with one member of each state. */
  private static EtcdView view(ClusterState state, List<String> reasons, List<String> alarms) {
    List<EtcdView.MemberView> members =
        Arrays.stream(MemberState.values())
            .map(
                member ->
                    new EtcdView.MemberView(
                        Optional.empty(),
                        "master-" + member,
                        "https://master:2379",
                        member == MemberState.UNKNOWN,
                        false,
                        member == MemberState.LEARNER,
                        member,
                        Duration.ZERO,
                        "told so",
                        false,
                        Optional.empty(),
                        "",
                        -1,
                        -1,
                        -1,
                        new TreeMap<>()))
            .toList();
    return new EtcdView(
        state,
        Optional.empty(),
        Duration.ZERO,
        Duration.ZERO,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        3,
        0,
        2,
        0,
        0,
        0,
        0,
        1,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        alarms,
        reasons,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        members,
        List.of(),
        "so it is");
  }
}
