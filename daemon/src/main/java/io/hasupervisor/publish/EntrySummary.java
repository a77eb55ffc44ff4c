package io.hasupervisor.publish;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.balancer.BalancerState;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.leader.LeaderState;
import io.hasupervisor.publish.EntryStatus.ApiserverStatus;
import io.hasupervisor.publish.EntryStatus.BalancerStatus;
import io.hasupervisor.publish.EntryStatus.LeaderStatus;
import io.hasupervisor.publish.Status.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the way into the cluster adds to the verdict and to the sentence over all. */
final class EntrySummary {
  private EntrySummary() {}

  /** How much an operator is needed. */
  static Level level(EntryStatus entry) {
    return Stream.of(
            entry.apiservers().stream().map(EntrySummary::level),
            entry.balancer().stream().map(EntrySummary::level),
            entry.leaders().stream().map(EntrySummary::level))
        .flatMap(levels -> levels)
        .max(Comparator.naturalOrder())
        .orElse(Level.OK);
  }

  /** Of the others their own daemons tell; where etcd is the cause, etcd's level does. */
  static Level level(ApiserverStatus it) {
    return switch (ApiserverState.valueOf(it.state())) {
      case UNKNOWN, UP, HEALTHY -> Level.OK;
      case ETCD_FAILS, NOT_READY -> Level.ATTENTION;
      case DOWN, UNREACHABLE, HUNG, UNTRUSTED, FOREIGN, SICK ->
          it.own() ? Level.CRITICAL : Level.ATTENTION;
    };
  }

  /** Where it alone is critical its finding says so: this host may be the one that is cut off. */
  static Level level(BalancerStatus it) {
    return switch (BalancerState.valueOf(it.state())) {
      case UNKNOWN, HEALTHY -> Level.OK;
      case DOWN,
          UNREACHABLE,
          HUNG,
          NO_MASTER_SERVES,
          NO_BACKEND,
          DEAD_BACKEND,
          UNTRUSTED,
          FOREIGN ->
          Level.ATTENTION;
    };
  }

  static Level level(LeaderStatus it) {
    return switch (LeaderState.valueOf(it.state())) {
      case UNKNOWN, HELD -> Level.OK;
      case NONE, MALFORMED, STALE, FLAPPING, FOREIGN_HOLDER -> Level.ATTENTION;
    };
  }

  /** Clauses of a sentence, each with what is behind it: nothing where all is well. */
  static List<String> clauses(EntryStatus entry, Optional<EtcdStatus> etcd) {
    List<String> clauses = new ArrayList<>();
    entry.apiservers().stream()
        .filter(ApiserverStatus::own)
        .map(it -> own(it, etcd))
        .filter(words -> !words.isEmpty())
        .forEach(clauses::add);
    others(entry).ifPresent(clauses::add);
    entry
        .balancer()
        .map(EntrySummary::balancer)
        .filter(it -> !it.isEmpty())
        .ifPresent(clauses::add);
    entry.leaders().stream()
        .map(it -> leader(it, entry, etcd))
        .filter(words -> !words.isEmpty())
        .forEach(clauses::add);
    return clauses;
  }

  private static String own(ApiserverStatus it, Optional<EtcdStatus> etcd) {
    String who = "the apiserver ";
    return switch (ApiserverState.valueOf(it.state())) {
      case UNKNOWN, UP, HEALTHY -> "";
      case ETCD_FAILS -> who + "does not work because " + trouble(etcd);
      case DOWN -> who + "is down" + trouble(it, etcd);
      case UNREACHABLE -> who + "is not reached";
      case HUNG -> who + "accepts connections and does not answer";
      case UNTRUSTED -> who + "shows a certificate that clients do not take";
      case FOREIGN -> "something else answers in place of the apiserver";
      case SICK -> who + "says that it is not well";
      case NOT_READY -> who + "is not ready";
    };
  }

  /** "etcd has lost quorum"; an etcd that works may fail this apiserver alone. */
  private static String trouble(Optional<EtcdStatus> etcd) {
    return broken(etcd).map(EtcdWords::trouble).orElse("its etcd does not answer it");
  }

  private static String trouble(ApiserverStatus it, Optional<EtcdStatus> etcd) {
    return it.cause().isEmpty()
        ? ""
        : broken(etcd).map(is -> " because " + EtcdWords.trouble(is)).orElse("");
  }

  private static Optional<ClusterState> broken(Optional<EtcdStatus> etcd) {
    return etcd.map(it -> ClusterState.valueOf(it.state()))
        .filter(
            state ->
                switch (state) {
                  case SPLIT_VIEW,
                      CORRUPT,
                      PARTITIONED_SELF,
                      QUORUM_LOST,
                      QUORUM_UNKNOWN,
                      READ_ONLY ->
                      true;
                  case DATA_REGRESSION, SINGLE, QUORUM_AT_RISK, QUORUM_DEGRADED, QUORUM_FULL ->
                      false;
                });
  }

  /** "apiservers of others do not serve (m2 DOWN, m3 ETCD_FAILS)". */
  private static Optional<String> others(EntryStatus entry) {
    List<String> unwell =
        entry.apiservers().stream()
            .filter(it -> !it.own() && level(it) != Level.OK)
            .map(it -> it.name() + " " + it.state())
            .toList();
    return unwell.isEmpty()
        ? Optional.empty()
        : Optional.of(
            (unwell.size() == 1 ? "another apiserver does" : "other apiservers do")
                + " not serve ("
                + String.join(", ", unwell)
                + ")");
  }

  private static String balancer(BalancerStatus it) {
    String who = "the load balancer ";
    return switch (BalancerState.valueOf(it.state())) {
      case UNKNOWN, HEALTHY -> "";
      case DOWN -> who + "is down";
      case UNREACHABLE -> who + "is not reached";
      case HUNG -> who + "accepts connections and does not answer";
      case NO_MASTER_SERVES -> who + "works and no master behind it serves";
      case NO_BACKEND -> who + "leads to no master";
      case DEAD_BACKEND -> who + "leads some clients to a master that does not serve";
      case UNTRUSTED -> who + "shows a certificate that clients do not take";
      case FOREIGN -> "something else answers in place of the load balancer";
    };
  }

  private static String leader(LeaderStatus it, EntryStatus entry, Optional<EtcdStatus> etcd) {
    String who = it.component();
    return switch (LeaderState.valueOf(it.state())) {
      case UNKNOWN, HELD -> "";
      case NONE -> "nobody was ever elected to lead " + who;
      case MALFORMED -> "who leads " + who + " cannot be told";
      case STALE -> "nobody leads " + who + because(entry, etcd);
      case FLAPPING -> "the leader of " + who + " changes again and again";
      case FOREIGN_HOLDER -> "the leader of " + who + " is on none of the masters";
    };
  }

  /** A record is renewed through an apiserver and kept in etcd. */
  private static String because(EntryStatus entry, Optional<EtcdStatus> etcd) {
    boolean none =
        !entry.apiservers().isEmpty()
            && entry.apiservers().stream()
                .noneMatch(it -> ApiserverState.valueOf(it.state()).serves());
    return broken(etcd)
        .map(state -> " because " + EtcdWords.trouble(state))
        .orElse(none ? " because no apiserver serves" : "");
  }
}
