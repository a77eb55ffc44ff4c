package io.hasupervisor.assess.storage;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.Histogram;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MetricsSeen;
import io.hasupervisor.observe.etcd.PeerSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Three members a (own), b (leader) and c, told round by round; what is set stays until changed.
 */
final class Story {
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;
  static final List<String> NAMES = List.of("a", "b", "c");

  final long[] size = {20 * MIB, 20 * MIB, 20 * MIB};
  final long[] inUse = {20 * MIB, 20 * MIB, 20 * MIB};
  final Map<String, Duration> ahead = new HashMap<>();
  final SortedMap<Double, Long> fsync = zero();
  final SortedMap<Double, Long> commit = zero();
  final SortedMap<Double, Long> toC = zero();
  ClusterState state = ClusterState.QUORUM_FULL;
  ProcessSeen process = new ProcessSeen.Alive(100, 'S', 5000);
  Optional<EtcdSettings.Tls> tls = Optional.empty();
  Optional<String> local = Optional.of("http://127.0.0.1:4001");
  OptionalLong quota = OptionalLong.of(2 * GIB);
  OptionalLong compactions = OptionalLong.of(3);
  boolean metrics = true;
  boolean defragmenting;
  long leaderChanges = 1;
  long revision = 1000;
  Duration now = Duration.ofHours(100);
  SpeedHistory history = SpeedHistory.none();

  static EtcdId id(String name) {
    return new EtcdId(name.charAt(0));
  }

  private static SortedMap<Double, Long> zero() {
    SortedMap<Double, Long> buckets = new TreeMap<>();
    for (double bound = 0.001; bound < 10; bound *= 2) {
      buckets.put(bound, 0L);
    }
    buckets.put(Double.POSITIVE_INFINITY, 0L);
    return buckets;
  }

  /** Adds so many writes that took so long. */
  static void took(SortedMap<Double, Long> buckets, int writes, double seconds) {
    buckets.tailMap(seconds).replaceAll((_, count) -> count + writes);
  }

  /** One round after {@code seconds}; what is found. */
  List<Finding> after(long seconds) {
    now = now.plusSeconds(seconds);
    SpeedRules.Checked checked = SpeedRules.check(settings(), history, round(), view());
    history = checked.next();
    return checked.findings();
  }

  /** Rounds a minute apart; what is found in the last one. */
  List<Finding> minutes(int minutes) {
    List<Finding> found = List.of();
    for (int i = 0; i < minutes; i++) {
      found = after(60);
    }
    return found;
  }

  private EtcdSettings settings() {
    return new EtcdSettings(
        local,
        List.of(),
        tls,
        EtcdSettings.Attest.ALWAYS,
        Duration.ofSeconds(10),
        EtcdLimits.DEFAULT);
  }

  private EtcdRound round() {
    return new EtcdRound(
        now,
        Instant.EPOCH,
        Duration.ZERO,
        NAMES.stream().map(this::evidence).toList(),
        List.of(),
        new Answer.NotAsked<>(""),
        metrics ? got(seen()) : new Answer.NotAsked<>(""),
        process,
        new Answer.NotAsked<>(""),
        new Answer.NotAsked<>(""));
  }

  private MetricsSeen seen() {
    return new MetricsSeen(
        true,
        Map.of(),
        Map.of(id("c"), new Histogram(toC)),
        Optional.of(new Histogram(fsync)),
        Optional.of(new Histogram(commit)),
        OptionalLong.of(leaderChanges),
        quota,
        defragmenting,
        compactions);
  }

  private MemberEvidence evidence(String name) {
    int index = NAMES.indexOf(name);
    Header header = new Header(new EtcdId(1), id(name), revision, 2);
    Answer<StatusSeen> status =
        size[index] < 0
            ? new Answer.NotAsked<>("")
            : got(
                new StatusSeen(
                    header,
                    "3.4.23",
                    Optional.of(id("b")),
                    1,
                    1,
                    size[index],
                    inUse[index],
                    false,
                    List.of()));
    return new MemberEvidence(
        "http://10.0.0." + index + ":4001",
        name.equals("a"),
        Optional.empty(),
        false,
        got(header),
        got(header),
        status,
        Optional.ofNullable(ahead.get(name))
            .<Answer<PeerSeen>>map(it -> got(new PeerSeen("3.4.23", List.of(), Optional.of(it))))
            .orElse(new Answer.NotAsked<>("")));
  }

  private EtcdView view() {
    List<MemberView> members = new ArrayList<>();
    for (String name : NAMES) {
      int index = NAMES.indexOf(name);
      members.add(
          new MemberView(
              Optional.of(id(name)),
              name,
              "http://10.0.0." + index + ":4001",
              name.equals("a") && local.isPresent(),
              name.equals("b"),
              false,
              MemberState.HEALTHY,
              now,
              "",
              true,
              Optional.of(now),
              "3.4.23",
              0,
              size[index],
              inUse[index],
              Collections.emptySortedMap()));
    }
    return new EtcdView(
        state,
        Optional.empty(),
        now,
        now,
        local.isEmpty(),
        state.proven(),
        Optional.empty(),
        Optional.empty(),
        3,
        0,
        2,
        3,
        3,
        1,
        1,
        1,
        Optional.empty(),
        Optional.of(id("b")),
        2,
        revision,
        revision,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        members,
        List.of(),
        "");
  }

  private static <T> Answer<T> got(T value) {
    return new Answer.Got<>(value, Duration.ZERO);
  }
}
