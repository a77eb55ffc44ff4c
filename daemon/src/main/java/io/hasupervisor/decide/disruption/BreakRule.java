package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.observe.disruption.LockDocument.Holder;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.Optional;

/**
 * When another master may take the slot from a holder (control-plane 3.2.5): only if it has been
 * seen holding for long, by our own clock; and it says itself that it repairs nothing, or is no
 * member any more; and the cluster is well without it.
 */
final class BreakRule {
  /** Evidence beyond this age permits nothing. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private BreakRule() {}

  static boolean permits(RepairSettings settings, Scene scene, LockFacts lock, Duration now) {
    Optional<Holder> holder = lock.holder();
    if (holder.isEmpty() || lock.document().orElseThrow().freeze().isPresent()) {
      return false;
    }
    return heldTooLong(settings, holder.get(), lock, now)
        && holder
            .get()
            .member()
            .flatMap(
                member ->
                    scene
                        .etcd()
                        .filter(view -> now.minus(view.at()).compareTo(FRESH) <= 0)
                        .filter(view -> isGone(view, member, now) || isIdle(view, member, now))
                        .filter(view -> isWellWithout(view, member)))
            .isPresent();
  }

  private static boolean heldTooLong(
      RepairSettings settings, Holder holder, LockFacts lock, Duration now) {
    Duration deadline =
        holder.deadline().compareTo(settings.deadline()) > 0
            ? holder.deadline()
            : settings.deadline();
    Duration longest = deadline.plus(settings.breakAfter());
    return now.minus(lock.at()).compareTo(FRESH) <= 0
        && lock.holderSince().filter(since -> now.minus(since).compareTo(longest) >= 0).isPresent();
  }

  /**
   * Not in the proven list; without a list whom one asks by configuration are not all there are.
   */
  private static boolean isGone(EtcdView view, EtcdId member, Duration now) {
    return view.proven()
        && !view.members().isEmpty()
        && new Voters(view, now).listed()
        && of(view, member).filter(seen -> seen.state() != MemberState.REMOVED).isEmpty();
  }

  private static boolean isIdle(EtcdView view, EtcdId member, Duration now) {
    return of(view, member).filter(seen -> seen.state().well()).isPresent()
        && view.attested().stream()
            .filter(heard -> heard.newest().member().equals(member))
            .anyMatch(heard -> heard.fresh(now) && heard.newest().repair().equals("none"));
  }

  private static boolean isWellWithout(EtcdView view, EtcdId member) {
    return view.state() == ClusterState.QUORUM_FULL
        || (view.proven()
            && view.members().stream()
                .filter(seen -> !seen.learner() && seen.state() != MemberState.REMOVED)
                .filter(seen -> !seen.id().equals(Optional.of(member)))
                .allMatch(seen -> seen.state().well()));
  }

  private static Optional<MemberView> of(EtcdView view, EtcdId member) {
    return view.members().stream()
        .filter(seen -> seen.id().equals(Optional.of(member)))
        .findFirst();
  }
}
