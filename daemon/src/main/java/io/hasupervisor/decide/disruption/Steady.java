package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/** When a member is well enough: to end a repair, or to lead in this one's place. */
final class Steady {
  /** Entries of the raft log. */
  private static final long LAG = 1000;

  private Steady() {}

  /**
   * Whether this master is well, by evidence that is newer than {@code since}.
   *
   * @param apiserver whether its apiserver has to serve
   */
  static boolean isWell(Scene scene, Duration since, boolean apiserver, Duration now) {
    return (scene.external() || scene.etcd().filter(view -> isWell(view, since, now)).isPresent())
        && (!apiserver || scene.ownApiserver());
  }

  private static boolean isWell(EtcdView view, Duration since, Duration now) {
    return view.at().compareTo(since) > 0
        && now.minus(view.at()).compareTo(BreakRule.FRESH) <= 0
        && view.own()
            .filter(own -> own.state() == MemberState.HEALTHY && own.lag() <= LAG)
            .flatMap(MemberView::proof)
            .filter(proof -> proof.compareTo(since) > 0)
            .isPresent();
  }

  /** The healthy voter that is furthest, to lead in this one's place. */
  static Optional<MemberView> successor(EtcdView view) {
    return view.members().stream()
        .filter(Predicate.not(MemberView::own))
        .filter(seen -> seen.id().isPresent() && !seen.learner() && seen.state().well())
        .filter(seen -> seen.lag() <= LAG)
        .min(
            Comparator.comparingLong(
                seen ->
                    (seen.lag() < 0 ? LAG : seen.lag())
                        + (seen.state() == MemberState.HEALTHY ? 0 : 2 * LAG)));
  }
}
