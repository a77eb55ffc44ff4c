package io.hasupervisor.observe.etcd;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Prometheus' text format to what is asked of it, in one pass: names, labels and values as etcd 3.0
 * to 3.6 write them. A line that is not understood is left out.
 */
public final class MetricsReader {
  /** Characters that are read; a member with peers writes 150 thousand. */
  private static final int LONGEST = 8 << 20;

  /** More peers than any cluster has, more buckets than any histogram. */
  private static final int MOST_PEERS = 32;

  private static final int MOST_BUCKETS = 64;

  private static final String PREFIX = "etcd_";

  private final String text;
  private final Map<EtcdId, Boolean> activePeers = new TreeMap<>();
  private final Map<EtcdId, SortedMap<Double, Long>> roundTrip = new TreeMap<>();
  private final SortedMap<Double, Long> fsync = new TreeMap<>();
  private final SortedMap<Double, Long> commit = new TreeMap<>();
  private OptionalLong leaderChanges = OptionalLong.empty();
  private OptionalLong quota = OptionalLong.empty();
  private OptionalLong compactions = OptionalLong.empty();
  private boolean hasLeader = true;
  private boolean defragmenting;

  private MetricsReader(String text) {
    this.text = text;
  }

  /** What a member's {@code /metrics} say; of what they do not say, nothing. Never throws. */
  public static MetricsSeen read(String text) {
    MetricsReader reader = new MetricsReader(text);
    reader.lines(Math.min(text.length(), LONGEST));
    return reader.seen();
  }

  private void lines(int end) {
    int start = 0;
    while (start < end) {
      int newline = text.indexOf('\n', start, end);
      int stop = newline < 0 ? end : newline;
      // Most lines are comments, or of Go and gRPC.
      if (text.startsWith(PREFIX, start)) {
        line(start, stop);
      }
      start = stop + 1;
    }
  }

  /** {@code name{label="value",…} value}, and perhaps a time. */
  private void line(int start, int stop) {
    int name = start;
    while (name < stop && text.charAt(name) != '{' && text.charAt(name) != ' ') {
      name++;
    }
    switch (text.substring(start, name)) {
      case "etcd_server_has_leader" -> value(name, stop).ifPresent(value -> hasLeader = value != 0);
      case "etcd_server_leader_changes_seen_total" -> leaderChanges = count(name, stop);
      // Less than nothing is written where there is none: --quota-backend-bytes=-1.
      case "etcd_server_quota_backend_bytes" ->
          value(name, stop).ifPresent(value -> quota = OptionalLong.of((long) Math.max(0, value)));
      case "etcd_disk_defrag_inflight" ->
          value(name, stop).ifPresent(value -> defragmenting = value != 0);
      // A compaction that finds nothing to remove counts too, unlike in the number of keys.
      case "etcd_debugging_mvcc_db_compaction_total_duration_milliseconds_count" ->
          compactions = count(name, stop);
      case "etcd_disk_wal_fsync_duration_seconds_bucket" -> bucket(fsync, name, stop);
      case "etcd_disk_backend_commit_duration_seconds_bucket" -> bucket(commit, name, stop);
      case "etcd_network_active_peers" -> activePeer(name, stop);
      case "etcd_network_peer_round_trip_time_seconds_bucket" -> roundTrip(name, stop);
      default -> {
        // Not asked for.
      }
    }
  }

  private void activePeer(int from, int stop) {
    Optional<EtcdId> peer = label("Remote", from, stop).flatMap(EtcdId::hex);
    OptionalDouble value = value(from, stop);
    if (peer.isPresent() && value.isPresent() && activePeers.size() < MOST_PEERS) {
      activePeers.put(peer.get(), value.getAsDouble() > 0);
    }
  }

  private void roundTrip(int from, int stop) {
    label("To", from, stop)
        .flatMap(EtcdId::hex)
        .filter(peer -> roundTrip.containsKey(peer) || roundTrip.size() < MOST_PEERS)
        .ifPresent(
            peer -> bucket(roundTrip.computeIfAbsent(peer, _ -> new TreeMap<>()), from, stop));
  }

  private void bucket(SortedMap<Double, Long> buckets, int from, int stop) {
    Optional<String> bound = label("le", from, stop);
    OptionalLong count = count(from, stop);
    if (bound.isPresent() && count.isPresent() && buckets.size() < MOST_BUCKETS) {
      number(bound.get()).ifPresent(le -> buckets.put(le, count.getAsLong()));
    }
  }

  /** The value of a label; those that are asked for never contain a quote or a brace. */
  private Optional<String> label(String key, int from, int stop) {
    String opening = key + "=\"";
    for (int at = text.indexOf(opening, from, stop);
        at > from;
        at = text.indexOf(opening, at + 1, stop)) {
      int value = at + opening.length();
      int close = text.indexOf('"', value, stop);
      if (close >= 0 && "{, ".indexOf(text.charAt(at - 1)) >= 0) {
        return Optional.of(text.substring(value, close));
      }
    }
    return Optional.empty();
  }

  private OptionalLong count(int from, int stop) {
    OptionalDouble value = value(from, stop);
    return value.isPresent() && value.getAsDouble() >= 0 && value.getAsDouble() < 0x1p63
        ? OptionalLong.of((long) value.getAsDouble())
        : OptionalLong.empty();
  }

  private OptionalDouble value(int from, int stop) {
    int labels = text.indexOf('}', from, stop);
    int start = labels < 0 ? from : labels + 1;
    while (start < stop && text.charAt(start) == ' ') {
      start++;
    }
    int end = start;
    while (end < stop && text.charAt(end) > ' ') {
      end++;
    }
    return number(text.substring(start, end));
  }

  private static OptionalDouble number(String text) {
    try {
      double number = text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
      return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private MetricsSeen seen() {
    Map<EtcdId, Histogram> byPeer = new TreeMap<>();
    roundTrip.forEach((peer, buckets) -> histogram(buckets).ifPresent(it -> byPeer.put(peer, it)));
    return new MetricsSeen(
        hasLeader,
        activePeers,
        byPeer,
        histogram(fsync),
        histogram(commit),
        leaderChanges,
        quota,
        defragmenting,
        compactions);
  }

  private static Optional<Histogram> histogram(SortedMap<Double, Long> buckets) {
    return buckets.isEmpty() ? Optional.empty() : Optional.of(new Histogram(buckets));
  }
}
