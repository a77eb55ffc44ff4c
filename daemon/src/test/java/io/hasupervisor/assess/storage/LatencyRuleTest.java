package io.hasupervisor.assess.storage;

import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.etcd.Histogram;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LatencyRuleTest {
  private final Story story = new Story();

  private static Finding only(String code, Severity severity, List<Finding> findings) {
    assertEquals(List.of(code), findings.stream().map(Finding::code).toList(), findings.toString());
    assertEquals(severity, findings.getFirst().severity());
    return findings.getFirst();
  }

  private static void none(List<Finding> findings) {
    assertEquals(List.of(), findings);
  }

  /** Each minute the same writes; what is found after five and a half. */
  private List<Finding> writes(
      SortedMap<Double, Long> buckets, int fast, int slow, double seconds) {
    List<Finding> found = story.after(60);
    for (int i = 0; i < 6; i++) {
      Story.took(buckets, fast, 0.002);
      Story.took(buckets, slow, seconds);
      found = story.after(60);
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    // Buckets end at 0.064, 0.128, 0.512, 1.024 and 2.048 seconds.
    "980,20,0.05,",
    "980,20,0.12,",
    "900,100,0.12,WARNING",
    "980,20,0.5,WARNING",
    "980,20,1.1,CRITICAL",
    "992,8,5,",
    "0,2,5,CRITICAL",
    "0,2,100,CRITICAL",
  })
  void writesToTheLogAreSlowFromATenthOfASecondOnInOneOfAHundred(
      int fast, int slow, double seconds, Severity severity) {
    List<Finding> found = writes(story.fsync, fast, slow, seconds);
    if (severity == null) {
      none(found);
    } else {
      Finding finding = only("FSYNC_SLOW", severity, found);
      assertEquals("a", finding.subject());
      assertTrue(finding.text().contains("in the last 5 min"), finding.text());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.06,", "0.2,WARNING", "0.3,CRITICAL"})
  void commitsAreSlowFromATenthOnAndCriticalFromAQuarterOn(double seconds, Severity severity) {
    List<Finding> found = writes(story.commit, 900, 100, seconds);
    if (severity == null) {
      none(found);
    } else {
      only("COMMIT_SLOW", severity, found);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.12,false", "0.25,true", "2,true"})
  void linksAreSlowFromThreeTwentiethsOfASecondOn(double seconds, boolean slow) {
    List<Finding> found = writes(story.toC, 0, 2, seconds);
    if (slow) {
      assertEquals("c", only("PEER_SLOW", WARNING, found).subject());
    } else {
      none(found);
    }
  }

  @Test
  void slowWritesOfLongAgoAreNotHeldAgainstADiskThatIsFastNow() {
    only("FSYNC_SLOW", CRITICAL, writes(story.fsync, 0, 10, 3));
    writes(story.fsync, 10, 0, 3);
    none(writes(story.fsync, 10, 0, 3));
  }

  @Test
  void whatTheProcessDidBeforeTheDaemonLookedIsNotJudged() {
    Story.took(story.fsync, 10_000, 8);
    Story.took(story.commit, 10_000, 8);
    story.leaderChanges = 50;
    none(story.minutes(20));
  }

  @Test
  void aSingleSlowWriteIsNoRate() {
    story.minutes(6);
    Story.took(story.fsync, 50, 0.002);
    Story.took(story.fsync, 1, 8);
    none(story.after(60));
    Story.took(story.fsync, 1, 8);
    only("FSYNC_SLOW", CRITICAL, story.after(60));
  }

  @Test
  void aRestartOfEtcdBeginsANewWindow() {
    writes(story.fsync, 0, 10, 3);
    story.fsync.replaceAll((_, _) -> 0L);
    Story.took(story.fsync, 5, 3);
    none(story.after(60));
    Story.took(story.fsync, 500, 3);
    story.process = new ProcessSeen.Alive(100, 'S', 6000);
    none(story.after(60));
    assertEquals(1, story.history.metrics().samples().size());
  }

  @Test
  void metricsThatStopAreForgottenForSpeed() {
    only("FSYNC_SLOW", CRITICAL, writes(story.fsync, 0, 10, 3));
    story.metrics = false;
    only("FSYNC_SLOW", CRITICAL, story.minutes(5));
    none(story.after(60));
  }

  @Test
  void whileEtcdIsGoneItIsNotSlow() {
    writes(story.fsync, 0, 10, 3);
    story.metrics = false;
    story.process = new ProcessSeen.Absent();
    none(story.after(60));
  }

  @Test
  void aDefragmentationExplainsSlowCommits() {
    story.minutes(6);
    story.defragmenting = true;
    none(writes(story.commit, 0, 10, 3));
  }

  @ParameterizedTest
  @EnumSource(ClusterState.class)
  void nothingIsCalledSlowWhereQuorumIsNotProven(ClusterState state) {
    story.state = state;
    story.leaderChanges = 1;
    List<Finding> before = writes(story.fsync, 0, 10, 3);
    assertEquals(state.proven(), !before.isEmpty());
    story.leaderChanges = 9;
    assertEquals(state.proven(), story.after(60).size() == 2);
  }

  @ParameterizedTest
  @CsvSource({
    "'0,0,0,0,0,1',",
    "'0,0,0,0,1,1',WARNING",
    "'1,0,0,0,1',WARNING",
    "'1,0,0,0,0,1',",
    "'1,0,0,0,0,0,1,0,0,0,0,0,1',",
    "'1,0,0,0,1,0,0,0,0,0,1,0,0,0,1',CRITICAL",
    "'1,0,0,0,0,1,0,0,0,0,0,1,0,0,0,0,1',",
    "'0,4',CRITICAL",
  })
  void changesOfTheLeaderAreCountedOverFiveAndFifteenMinutes(String minutes, Severity severity) {
    story.after(60);
    List<Finding> found = List.of();
    for (String changes : minutes.split(",", -1)) {
      story.leaderChanges += Long.parseLong(changes);
      found = story.after(60);
    }
    if (severity == null) {
      none(found);
    } else {
      only("LEADER_CHANGES", severity, found);
    }
  }

  /** Never further off than the bucket is wide, for any mix of writes. */
  @Test
  void thePercentileIsInTheBucketOfTheTrueOne() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Histogram before = new Histogram(story.fsync);
      TreeMap<Double, Long> buckets = new TreeMap<>(story.fsync);
      List<Double> writes = new ArrayList<>();
      int all = 5 + random.nextInt(2000);
      double scale = Math.pow(10, -random.nextInt(5));
      for (int i = 0; i < all; i++) {
        double seconds = Math.min(7.9, -Math.log(random.nextDouble()) * scale);
        writes.add(seconds);
        Story.took(buckets, 1, seconds);
      }
      Collections.sort(writes);
      double exact = writes.get((int) Math.ceil(Math.min(0.99 * all, all - 1.0)) - 1);
      Optional<Duration> found = Percentile.between(before, new Histogram(buckets));
      double seconds = found.orElseThrow().toNanos() / 1e9;
      Map.Entry<Double, Long> upper = buckets.ceilingEntry(exact);
      Double lower = buckets.lowerKey(upper.getKey());
      String what = "seed " + seed + ": " + seconds + " for " + exact;
      assertTrue(seconds <= upper.getKey() + 1e-6, what);
      assertTrue(seconds >= (lower == null ? 0 : lower) - 1e-6, what);
    }
    Histogram few = new Histogram(new TreeMap<>(Map.of(0.1, 4L, Double.POSITIVE_INFINITY, 4L)));
    assertFalse(Percentile.between(new Histogram(story.fsync), few).isPresent());
  }
}
