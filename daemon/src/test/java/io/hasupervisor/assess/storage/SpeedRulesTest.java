package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;
import static io.hasupervisor.assess.storage.Story.GIB;
import static io.hasupervisor.assess.storage.Story.MIB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SpeedRulesTest {
  private final Story story = new Story();

  private static Finding only(String code, Severity severity, List<Finding> findings) {
    assertEquals(List.of(code), findings.stream().map(Finding::code).toList(), findings.toString());
    assertEquals(severity, findings.getFirst().severity());
    return findings.getFirst();
  }

  private static void none(List<Finding> findings) {
    assertEquals(List.of(), findings);
  }

  @Test
  void saysNothingOfAClusterThatIsWellForTwoDays() {
    for (int i = 0; i < 2 * 24 * 60; i++) {
      Story.took(story.fsync, 10, 0.002);
      Story.took(story.commit, 10, 0.004);
      Story.took(story.toC, 2, 0.0004);
      story.compactions = OptionalLong.of(i / 5);
      story.revision += 60;
      Arrays.setAll(story.size, index -> 20 * MIB + story.revision * 200);
      Arrays.setAll(story.inUse, index -> 15 * MIB + story.revision * 200);
      none(story.after(60));
    }
  }

  @Test
  void saysNothingWhileNothingIsKnown() {
    story.metrics = false;
    story.process = new ProcessSeen.Unknown("");
    Arrays.fill(story.size, -1);
    Arrays.fill(story.inUse, -1);
    for (ClusterState state : ClusterState.values()) {
      story.state = state;
      none(story.minutes(20));
    }
  }

  @ParameterizedTest
  @CsvSource({"79.9,", "80,WARNING", "94.9,WARNING", "95,CRITICAL", "120,CRITICAL"})
  void aDatabaseIsComparedWithItsQuota(double percent, Severity severity) {
    story.size[2] = (long) (percent / 100 * 2 * GIB) + 1;
    story.inUse[2] = story.size[2];
    List<Finding> found = story.after(10);
    if (severity == null) {
      none(found);
    } else {
      Finding finding = only("DB_NEAR_QUOTA", severity, found);
      assertEquals("c", finding.subject());
      assertTrue(finding.text().contains("quota of 2.0 GiB"), finding.text());
      assertTrue(finding.text().contains("refuses all writes"), finding.text());
    }
  }

  @Test
  void aNearlyFullDatabaseOfFreePagesIsToBeDefragmented() {
    story.state = ClusterState.QUORUM_AT_RISK;
    story.size[0] = GIB * 17 / 10;
    story.inUse[0] = GIB;
    Finding finding = only("DB_NEAR_QUOTA", WARNING, story.after(10));
    assertTrue(finding.cure().startsWith("defragment, which gives 716 MiB back"), finding.cure());
  }

  @Test
  void withoutAQuotaOrWithoutKnowingItNoneIsNear() {
    story.size[0] = 100 * GIB;
    story.inUse[0] = 100 * GIB;
    story.quota = OptionalLong.of(0);
    none(story.after(10));
    story.metrics = false;
    story.history = SpeedHistory.none();
    none(story.after(60));
  }

  @Test
  void aVersionThatDoesNotTellItsQuotaHasEtcdsUsualOne() {
    story.quota = OptionalLong.empty();
    story.size[0] = GIB * 17 / 10;
    story.inUse[0] = story.size[0];
    only("DB_NEAR_QUOTA", WARNING, story.after(10));
    story.metrics = false;
    only("DB_NEAR_QUOTA", WARNING, story.minutes(60));
  }

  @Test
  void anExternalClusterIsSaidToHaveTheUsualQuota() {
    story.local = Optional.empty();
    story.metrics = false;
    story.size[0] = GIB * 17 / 10;
    story.inUse[0] = story.size[0];
    Finding finding = only("DB_NEAR_QUOTA", WARNING, story.after(10));
    assertTrue(finding.text().contains("2.0 GiB, etcd's usual one"), finding.text());
  }

  @Test
  void readOnlyIsAWordOfItsOwnAndTheQuotaIsNotSaidAgain() {
    story.state = ClusterState.READ_ONLY;
    story.size[0] = 2 * GIB;
    none(story.after(10));
  }

  @ParameterizedTest
  @CsvSource({
    // From 900 MiB on 1148 are left: in 4 h that is 4.8 MiB a minute.
    "4,180,false",
    "5,180,true",
    "8,60,false",
    "8,61,true",
  })
  void predictsFromAnHourOnWhenTheQuotaIsReachedWithinFour(
      int mibPerMinute, int minutes, boolean said) {
    List<Finding> found = List.of();
    for (int i = 0; i < minutes; i++) {
      story.size[0] = (900L - (long) mibPerMinute * (minutes - 1 - i)) * MIB;
      story.inUse[0] = story.size[0];
      found = story.after(60);
    }
    if (said) {
      Finding finding = only("DB_GROWS_TO_QUOTA", WARNING, found);
      assertTrue(finding.text().contains("reaches its quota of 2.0 GiB in"), finding.text());
    } else {
      none(found);
    }
  }

  @Test
  void aBurstOfAnHourAgoIsForgottenAfterADefragmentation() {
    for (int i = 0; i < 90; i++) {
      story.size[0] += 12 * MIB;
      story.inUse[0] = story.size[0];
      story.after(60);
    }
    only("DB_GROWS_TO_QUOTA", WARNING, story.after(60));
    story.size[0] = 100 * MIB;
    story.inUse[0] = story.size[0];
    none(story.after(60));
  }

  @ParameterizedTest
  @CsvSource({"99,1,false", "100,55,true", "100,56,false", "1000,550,true", "1000,551,false"})
  void fragmentationIsAdviceFromALargePartOfALargeDatabaseOn(
      long size, long inUse, boolean advised) {
    story.size[0] = size * MIB;
    story.inUse[0] = inUse * MIB;
    List<Finding> found = story.after(10);
    if (advised) {
      only("DB_FRAGMENTED", ADVICE, found);
    } else {
      none(found);
    }
  }

  @Test
  void theLeaderIsDefragmentedLastAndLeadsNoMore() {
    Arrays.fill(story.size, 1000 * MIB);
    assertEquals(
        "in a quiet hour: one member at a time, 36 s or more apart, and only while ha-supervisor"
            + " etcd status shows every member HEALTHY: on a: ETCDCTL_API=3 etcdctl"
            + " --endpoints=http://127.0.0.1:4001 --command-timeout=60s defrag; then on c:"
            + " ETCDCTL_API=3 etcdctl --endpoints=http://127.0.0.1:4001 --command-timeout=60s"
            + " defrag; then on b: ETCDCTL_API=3 etcdctl --endpoints=http://127.0.0.1:4001"
            + " move-leader 61 && ETCDCTL_API=3 etcdctl --endpoints=http://127.0.0.1:4001"
            + " --command-timeout=60s defrag",
        only("DB_FRAGMENTED", ADVICE, story.after(10)).cure());
  }

  @Test
  void theCommandsNameTheCertificatesAndTheEndpointsThatAreConfigured() {
    story.size[2] = 1000 * MIB;
    story.local = Optional.empty();
    story.tls =
        Optional.of(new EtcdSettings.Tls(Path.of("/p/ca"), Path.of("/p/c d"), Path.of("/p/key")));
    assertEquals(
        "in a quiet hour: ETCDCTL_API=3 etcdctl --endpoints=http://10.0.0.2:4001 --cacert=/p/ca"
            + " --cert='/p/c d' --key=/p/key --command-timeout=60s defrag",
        only("DB_FRAGMENTED", ADVICE, story.after(10)).cure());
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"QUORUM_FULL", "SINGLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void noMemberIsAdvisedToStopForAWhileWhereThatCouldHurt(ClusterState state) {
    story.state = state;
    story.size[0] = 1000 * MIB;
    none(story.after(10));
  }

  @Test
  void aProcessThatWaitsForItsDiskForHalfAMinuteIsSaid() {
    none(story.after(10));
    story.process = new ProcessSeen.Alive(100, 'D', 5000);
    none(story.after(10));
    none(story.after(10));
    none(story.after(10));
    none(story.after(10));
    story.state = ClusterState.QUORUM_LOST;
    Finding finding = only("ETCD_WAITS_FOR_DISK", CRITICAL, story.after(1));
    assertTrue(finding.text().contains("at every look for 31 s"), finding.text());
    story.process = new ProcessSeen.Alive(100, 'S', 5000);
    none(story.after(10));
    story.process = new ProcessSeen.Alive(100, 'D', 5000);
    none(story.after(10));
  }

  @Test
  void aDayWithoutCompactionIsSaidWhereTheStoreIsUsed() {
    for (int i = 0; i < 24 * 60; i++) {
      story.revision += 60;
      none(story.after(60));
    }
    story.after(60);
    Finding finding = only("NO_COMPACTION", WARNING, story.after(1));
    assertTrue(finding.text().contains("for 24 h"), finding.text());
    story.compactions = OptionalLong.of(4);
    none(story.after(60));
  }

  @Test
  void attestationsAloneAreNoReasonToCompact() {
    for (int i = 0; i < 5 * 24 * 60; i++) {
      story.revision += 6;
      none(story.after(60));
    }
  }

  @Test
  void aRestartOfEtcdIsNoCompaction() {
    for (int i = 0; i < 24 * 60; i++) {
      story.revision += 60;
      none(story.after(60));
      story.compactions = OptionalLong.of(i < 600 ? 3 : 0);
    }
    only("NO_COMPACTION", WARNING, story.after(61));
  }

  @Test
  void theHistoryStaysSmall() {
    for (int i = 0; i < 10_000; i++) {
      story.ahead.put("b", Duration.ofSeconds(i % 3));
      story.after(5);
      assertTrue(story.history.metrics().samples().size() < 40);
      story.history.growth().values().forEach(it -> assertTrue(it.sizes().size() <= 122));
    }
    assertEquals(3, story.history.growth().size());
    story.size[1] = -1;
    story.ahead.clear();
    story.minutes(250);
    assertEquals(2, story.history.growth().size());
    assertEquals(0, story.history.clocks().size());
  }
}
