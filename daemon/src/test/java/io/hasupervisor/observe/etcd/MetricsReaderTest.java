package io.hasupervisor.observe.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsReaderTest {
  private static final EtcdId ONE = EtcdId.hex("1d99cc495b4af2c4").orElseThrow();
  private static final EtcdId ABOVE_2_63 = EtcdId.hex("d97877e056f8670b").orElseThrow();

  /** Of the first of three members, with most lines about gRPC and snapshots taken out. */
  private static String real() throws IOException {
    try (InputStream in = MetricsReaderTest.class.getResourceAsStream("metrics-3.4.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String fsync(String bound, long count) {
    return "etcd_disk_wal_fsync_duration_seconds_bucket{le=\"" + bound + "\"} " + count + "\n";
  }

  @Test
  void readsWhatARealMemberWrites() throws Exception {
    MetricsSeen seen = MetricsReader.read(real());
    assertTrue(seen.hasLeader());
    assertEquals(Map.of(ONE, true, ABOVE_2_63, true), seen.activePeers());
    SortedMap<Double, Long> roundTrip =
        Optional.ofNullable(seen.roundTrip().get(ABOVE_2_63)).orElseThrow().buckets();
    assertEquals(17, roundTrip.size());
    assertEquals(0.0001, roundTrip.firstKey());
    assertEquals(2, roundTrip.get(Double.POSITIVE_INFINITY));
    assertEquals(2, seen.roundTrip().size());
    SortedMap<Double, Long> fsync = seen.fsync().orElseThrow().buckets();
    assertEquals(15, fsync.size());
    assertEquals(7, fsync.get(0.128));
    assertEquals(Double.POSITIVE_INFINITY, fsync.lastKey());
    assertTrue(seen.commit().orElseThrow().buckets().containsKey(0.256));
    assertEquals(OptionalLong.of(1), seen.leaderChanges());
    assertEquals(OptionalLong.of(2L << 30), seen.quota());
    assertEquals(OptionalLong.of(0), seen.compactions());
    assertFalse(seen.defragmenting());
  }

  @Test
  void ofOtherProgramsMetricsNothingIsKnownAndNoLeaderIsDenied() {
    MetricsSeen nothing =
        new MetricsSeen(
            true,
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            false,
            OptionalLong.empty());
    assertEquals(nothing, MetricsReader.read(""));
    assertEquals(nothing, MetricsReader.read("<html>\netcd_\netcd_x{a=\"b\"} 1\ngo_info 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd_server_leader_changes_seen_total",
        "etcd_server_leader_changes_seen_total ",
        "etcd_server_leader_changes_seen_total NaN",
        "etcd_server_leader_changes_seen_total -1",
        "etcd_server_leader_changes_seen_total +Inf",
        "etcd_server_leader_changes_seen_total 1e300",
        "etcd_server_leader_changes_seen_total x",
        "etcd_server_leader_changes_seen_total{ 3",
        "etcd_server_leader_changes_seen_total\n4",
        "etcd_server_leader_changes_seen_totals 4",
        " etcd_server_leader_changes_seen_total 4",
        "# etcd_server_leader_changes_seen_total 4",
      })
  void aLineThatIsNotUnderstoodIsLeftOutAndTheNextOneIsRead(String line) {
    MetricsSeen seen = MetricsReader.read(line + "\netcd_server_quota_backend_bytes 5\n");
    assertEquals(OptionalLong.empty(), seen.leaderChanges());
    assertEquals(OptionalLong.of(5), seen.quota());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd_server_leader_changes_seen_total 4",
        "etcd_server_leader_changes_seen_total 4\r",
        "etcd_server_leader_changes_seen_total   4e0 1395066363000",
        "etcd_server_leader_changes_seen_total{} 4",
        "etcd_server_leader_changes_seen_total{a=\"b\", c=\"d\"} 4",
      })
  void blanksLabelsTimesAndCarriageReturnsDoNotMatter(String line) {
    assertEquals(OptionalLong.of(4), MetricsReader.read("\n\n" + line).leaderChanges());
  }

  @Test
  void aPeerIsKnownByTheLabelOfThatNameAlone() {
    String line = "etcd_network_active_peers{NotRemote=\"2\", Local=\"1\", Remote=\"%s\"} %s\n";
    assertEquals(
        Map.of(ONE, true, ABOVE_2_63, false),
        MetricsReader.read(
                line.formatted("1d99cc495b4af2c4", 2)
                    + line.formatted("d97877e056f8670b", 0)
                    + line.formatted("no id", 1)
                    + line.formatted("0", 1))
            .activePeers());
  }

  @Test
  void aQuotaBelowNothingIsNone() {
    assertEquals(
        OptionalLong.of(0), MetricsReader.read("etcd_server_quota_backend_bytes -1").quota());
  }

  @Test
  void saysThatAMemberHasNoLeaderOrIsDefragmenting() {
    MetricsSeen seen =
        MetricsReader.read("etcd_server_has_leader 0\netcd_disk_defrag_inflight 1\n");
    assertFalse(seen.hasLeader());
    assertTrue(seen.defragmenting());
  }

  @Test
  void aHistogramKeepsItsOtherBucketsWhenOneIsBroken() {
    assertEquals(
        Map.of(0.1, 3L, Double.POSITIVE_INFINITY, 5L),
        MetricsReader.read(fsync("0.1", 3) + fsync("x", 4) + fsync("NaN", 4) + fsync("+Inf", 5))
            .fsync()
            .orElseThrow()
            .buckets());
  }

  @Test
  void hugeTextsCostLittleAndAreKeptInBounds() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < 100_000; i++) {
      text.append("etcd_network_active_peers{Remote=\"%x\"} 1\n".formatted(i));
      text.append(fsync("1" + i, 1));
      text.append("etcd_server_has_leader{\n");
    }
    assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          MetricsSeen seen = MetricsReader.read(text.toString());
          assertTrue(seen.activePeers().size() <= 32);
          assertTrue(seen.fsync().orElseThrow().buckets().size() <= 64);
          assertTrue(MetricsReader.read("etcd_server_has_leader".repeat(400_000)).hasLeader());
        });
  }

  @Test
  void nothingThatComesOverTheWireMakesItThrow() throws Exception {
    String real = real();
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(real.substring(random.nextInt(real.length())));
      for (int i = 0; i < 200 && !text.isEmpty(); i++) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, (char) random.nextInt(256));
          case 1 -> text.setCharAt(at, "{}\"=, \n\0".charAt(random.nextInt(8)));
          default -> text.deleteCharAt(at);
        }
      }
      MetricsSeen seen = MetricsReader.read(text.toString());
      assertTrue(seen.activePeers().size() < 8, () -> "seed " + random);
    }
  }
}
