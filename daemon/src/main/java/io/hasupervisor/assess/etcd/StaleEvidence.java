package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be thought of etcd where no round of questions has ended for too long: that nothing is
 * known. A proof that nobody renewed proves nothing.
 */
public final class StaleEvidence {
  private static final String REASON = EtcdReason.NO_ROUND.name();

  private StaleEvidence() {}

  /** What {@code last} is worth, of which nothing newer has come. */
  public static EtcdView of(EtcdView last, Duration since, Duration now) {
    List<String> reasons =
        Stream.concat(last.reasons().stream(), Stream.of(REASON)).distinct().toList();
    return new EtcdView(
        ClusterState.QUORUM_UNKNOWN,
        Optional.of(last.state()),
        since,
        last.at(),
        last.external(),
        false,
        last.proof(),
        last.proofVia(),
        last.voters(),
        last.learners(),
        last.quorum(),
        0,
        0,
        0,
        0,
        last.tolerance(),
        last.cluster(),
        last.leader(),
        last.term(),
        last.revision(),
        last.remembered(),
        last.alarms(),
        reasons,
        Optional.of(now),
        Optional.of(now),
        last.membersChanged(),
        last.members(),
        last.attested(),
        "no round of questions has ended for "
            + now.minus(last.at()).toSeconds()
            + " s, so nothing is known of etcd; before that: "
            + last.summary());
  }

  /** Where no round has ever ended. */
  public static EtcdView none(boolean external, Duration started, Duration now) {
    return new EtcdView(
        ClusterState.QUORUM_UNKNOWN,
        Optional.empty(),
        started,
        started,
        external,
        false,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        0,
        List.of(),
        List.of(REASON),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        "no round of questions has ended since this daemon started "
            + now.minus(started).toSeconds()
            + " s ago, so nothing is known of etcd");
  }
}
