package io.hasupervisor.assess.entry;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.observe.api.ApiAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether this master should be sent API traffic. It is told to anybody who asks: no file, no
 * address and no word of a stranger's is in it.
 *
 * @param reasons sentences: why not, or what makes it ready
 */
public record Readiness(boolean ready, List<String> reasons) {
  public Readiness {
    reasons = List.copyOf(reasons);
  }

  /** Where there is no apiserver of ours. */
  public static final Readiness NO_MASTER = no("This host is not configured as a master.");

  /** For this one reason not. */
  public static Readiness no(String reason) {
    return new Readiness(false, List.of(reason));
  }

  /**
   * So old a judgement tells of now: three rounds may fail to come, each of them six seconds late.
   */
  public static Duration limit(Duration period) {
    return period.plusSeconds(6).multipliedBy(3);
  }

  /**
   * By what was judged in a round.
   *
   * @param own this host's apiserver
   * @param etcd empty where it is not judged yet: then the apiserver's word counts
   */
  public static Readiness judged(ApiserverState own, Optional<ClusterState> etcd) {
    List<String> against = new ArrayList<>();
    against(own).ifPresent(against::add);
    etcd.flatMap(Readiness::against).ifPresent(against::add);
    return against.isEmpty()
        ? new Readiness(true, List.of("Its apiserver serves."))
        : new Readiness(false, against);
  }

  /**
   * By what the apiserver says now, on its {@code /readyz}; of what was judged before, only etcd
   * counts beside it: an apiserver from before 1.6 does not look at it. A judgement that is too old
   * counts for nothing: a daemon that hangs must not take masters out of service that serve.
   *
   * @param age of the last judgement; empty before the first one
   * @param limit so old it may be
   */
  public static Readiness now(
      ApiAnswer says, Optional<ClusterState> etcd, Optional<Duration> age, Duration limit) {
    Optional<Duration> old = age.filter(it -> it.compareTo(limit) > 0);
    List<String> against = new ArrayList<>();
    against(says).ifPresent(against::add);
    etcd.filter(_ -> old.isEmpty()).flatMap(Readiness::against).ifPresent(against::add);
    if (!against.isEmpty()) {
      return new Readiness(false, against);
    }
    List<String> words = new ArrayList<>(List.of(word(says)));
    old.ifPresent(
        it ->
            words.add(
                "What its supervisor knew of etcd is "
                    + it.toSeconds()
                    + " s old and was left out."));
    return new Readiness(true, words);
  }

  private static String word(ApiAnswer says) {
    return says instanceof ApiAnswer.Denied denied
        ? "Its apiserver serves, and does not tell this host how it is (" + denied.status() + ")."
        : "Its apiserver says that it is ready.";
  }

  private static Optional<String> against(ApiserverState state) {
    return switch (state) {
      case UP, HEALTHY -> Optional.empty();
      case UNKNOWN -> Optional.of("Nothing is known of its apiserver now.");
      case DOWN -> Optional.of("Its apiserver does not run: nothing listens there.");
      case UNREACHABLE -> Optional.of("Its apiserver cannot be reached.");
      case HUNG -> Optional.of("Its apiserver accepts connections and does not answer.");
      case UNTRUSTED -> Optional.of("Its apiserver and this host do not trust each other.");
      case FOREIGN -> Optional.of("In its apiserver's place somebody else answers.");
      case ETCD_FAILS -> Optional.of("Its apiserver cannot serve, for etcd does not work.");
      case SICK -> Optional.of("Its apiserver says that it is not well.");
      case NOT_READY -> Optional.of("Its apiserver says that it is not ready.");
    };
  }

  private static Optional<String> against(ApiAnswer says) {
    return switch (says) {
      case ApiAnswer.Well _, ApiAnswer.Denied _ -> Optional.empty();
      case ApiAnswer.Failing failing ->
          Optional.of(
              "Its apiserver says that it is not ready"
                  + (failing.checks().contains("etcd") ? ": its check of etcd fails." : "."));
      case ApiAnswer.NoSuchPath _ -> against(ApiserverState.FOREIGN);
      case ApiAnswer.Foreign _ -> against(ApiserverState.FOREIGN);
      case ApiAnswer.Silent silent -> against(silent(silent));
      case ApiAnswer.NotAsked _ ->
          Optional.of("Its apiserver could not be asked, for a fault of this host.");
    };
  }

  private static ApiserverState silent(ApiAnswer.Silent silent) {
    return switch (silent.symptom()) {
      case REFUSED -> ApiserverState.DOWN;
      case TLS_FAILED -> ApiserverState.UNTRUSTED;
      default -> silent.connected() ? ApiserverState.HUNG : ApiserverState.UNREACHABLE;
    };
  }

  private static Optional<String> against(ClusterState etcd) {
    return switch (etcd) {
      case PARTITIONED_SELF -> Optional.of("This host's etcd is cut off from the cluster.");
      case QUORUM_LOST -> Optional.of("etcd has lost quorum: no apiserver can serve.");
      case DATA_REGRESSION,
          SPLIT_VIEW,
          CORRUPT,
          QUORUM_UNKNOWN,
          READ_ONLY,
          SINGLE,
          QUORUM_AT_RISK,
          QUORUM_DEGRADED,
          QUORUM_FULL ->
          Optional.empty();
    };
  }
}
