package io.hasupervisor.assess.leader;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.etcd.ClusterState;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What keeps leaders from writing their records, though those can be read. */
public final class Trouble {
  private static final Set<ClusterState> WRITES_FAIL =
      EnumSet.of(
          ClusterState.DATA_REGRESSION,
          ClusterState.SPLIT_VIEW,
          ClusterState.CORRUPT,
          ClusterState.QUORUM_LOST,
          ClusterState.READ_ONLY);

  private Trouble() {}

  /**
   * One sentence without its end; empty where there is none of the kind.
   *
   * @param etcd what is thought of it, with one sentence in {@code words}
   */
  public static Optional<String> of(
      Optional<ClusterState> etcd, String words, List<ApiserverView> apiservers) {
    if (etcd.filter(WRITES_FAIL::contains).isPresent()) {
      return Optional.of("etcd: " + words);
    }
    boolean none =
        !apiservers.isEmpty()
            && apiservers.stream()
                .map(ApiserverView::state)
                .noneMatch(it -> it.serves() || it == ApiserverState.UNKNOWN);
    return none ? Optional.of("no apiserver serves") : Optional.empty();
  }
}
