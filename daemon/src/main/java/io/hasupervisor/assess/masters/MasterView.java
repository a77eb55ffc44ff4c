package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import java.time.Duration;
import java.util.Optional;

/**
 * One master as this one knows it.
 *
 * @param address empty for one that the configuration does not name
 * @param self whether it is this host
 * @param heard monotonic time after which {@code word} was certainly said; empty where its age is
 *     not known, and without a word
 * @param word what its daemon said last; empty where nothing is known of it
 * @param etcd its member, as seen from here
 * @param apiserver its apiserver, as seen from here
 */
public record MasterView(
    String name,
    String address,
    boolean self,
    DaemonState daemon,
    Optional<Duration> heard,
    Optional<Word> word,
    Optional<MemberView> etcd,
    Optional<ApiserverView> apiserver) {

  /** Whether what its daemon said is of now. */
  boolean speaks() {
    return daemon == DaemonState.SPEAKS;
  }
}
