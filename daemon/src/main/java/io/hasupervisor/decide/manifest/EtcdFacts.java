package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.Manifest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a placement has to know of etcd. What is not known excuses nothing and forbids nothing.
 *
 * @param state empty before anything was judged
 * @param outage whether etcd keeps those who depend on it from running
 * @param elsewhere whether the best of members on this host would not end that
 * @param size bytes of the largest database seen
 * @param raised the version that all voters have run, so that the data belongs to it
 */
public record EtcdFacts(
    Optional<ClusterState> state,
    boolean outage,
    boolean elsewhere,
    long size,
    Optional<Minor> raised) {

  /** From this size on a member takes longer to read its data in (control-plane 3.3.6). */
  private static final long LARGE = 2L << 30;

  private static final Set<String> CLIENTS =
      Set.of(Patience.APISERVER, "kube-controller-manager", "kube-scheduler");

  /** A member in such a state is no voter, whatever happens on this host. */
  private static final Set<MemberState> MISSING =
      Set.of(
          MemberState.REMOVED,
          MemberState.FOREIGN,
          MemberState.UNSTARTED,
          MemberState.LEARNER,
          MemberState.CORRUPT,
          MemberState.HUNG,
          MemberState.DOWN,
          MemberState.UNREACHABLE);

  /** In such a state this host's member serves nobody. */
  private static final Set<MemberState> USELESS =
      Set.of(
          MemberState.LOCAL_ONLY,
          MemberState.CORRUPT,
          MemberState.HUNG,
          MemberState.DOWN,
          MemberState.UNREACHABLE);

  /** Nothing was judged yet. */
  public static EtcdFacts none() {
    return new EtcdFacts(Optional.empty(), false, false, 0, Optional.empty());
  }

  /** After a judgement; sizes and versions are kept where the members do not tell them any more. */
  public EtcdFacts then(EtcdView view) {
    long largest = view.members().stream().mapToLong(MemberView::dbSize).max().orElse(0);
    boolean fromElsewhere =
        switch (view.state()) {
          case DATA_REGRESSION, CORRUPT -> true;
          case QUORUM_LOST -> withOwn(view) < view.quorum();
          case SPLIT_VIEW,
              PARTITIONED_SELF,
              QUORUM_UNKNOWN,
              READ_ONLY,
              SINGLE,
              QUORUM_AT_RISK,
              QUORUM_DEGRADED,
              QUORUM_FULL ->
              false;
        };
    return new EtcdFacts(
        Optional.of(view.state()),
        outage(view),
        fromElsewhere,
        Math.max(size, largest),
        Minor.ofAll(view).filter(now -> raised.filter(now::isBelow).isEmpty()).or(() -> raised));
  }

  private static boolean outage(EtcdView view) {
    return switch (view.state()) {
      case DATA_REGRESSION, SPLIT_VIEW, CORRUPT, PARTITIONED_SELF, QUORUM_LOST, READ_ONLY -> true;
      // That we cannot ask is our own trouble.
      case QUORUM_UNKNOWN ->
          view.underlying().isEmpty()
              && view.own().map(MemberView::state).filter(USELESS::contains).isPresent();
      case SINGLE, QUORUM_AT_RISK, QUORUM_DEGRADED, QUORUM_FULL -> false;
    };
  }

  /** Voters if this host's member were well. */
  private static long withOwn(EtcdView view) {
    return 1
        + view.members().stream()
            .filter(member -> !member.own() && !MISSING.contains(member.state()))
            .count();
  }

  /** Whether a pod of this manifest that fails does so for want of etcd. */
  public boolean excuses(Manifest manifest) {
    return Patience.isEtcd(manifest) ? elsewhere : outage && CLIENTS.contains(manifest.name());
  }

  boolean large() {
    return size > LARGE;
  }

  /** A version of etcd without its patch level. */
  public record Minor(int major, int minor) {
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})([^\\d].*)?");
    private static final Pattern IMAGE =
        Pattern.compile("(?m)^[ -]*image:\\s*[\"']?\\S*etcd\\S*:(v?\\d[^\\s\"'@]*)");

    static Optional<Minor> of(String version) {
      Matcher matcher = VERSION.matcher(version);
      return matcher.matches()
          ? Optional.of(
              new Minor(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    }

    /** By the tag of its image. */
    static Optional<Minor> of(Manifest etcd) {
      Matcher matcher = IMAGE.matcher(etcd.text());
      return matcher.find() ? of(matcher.group(1)) : Optional.empty();
    }

    /** The lowest of all voters'; empty where one does not tell. */
    static Optional<Minor> ofAll(EtcdView view) {
      List<Optional<Minor>> all =
          view.members().stream()
              .filter(member -> !member.learner())
              .map(member -> of(member.version()))
              .toList();
      return all.stream().anyMatch(Optional::isEmpty)
          ? Optional.empty()
          : all.stream()
              .flatMap(Optional::stream)
              .min(Comparator.comparingInt(Minor::major).thenComparingInt(Minor::minor));
    }

    boolean isBelow(Minor other) {
      return major < other.major || (major == other.major && minor < other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }
}
