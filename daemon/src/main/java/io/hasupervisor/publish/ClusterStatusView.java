package io.hasupervisor.publish;

import io.hasupervisor.assess.masters.DaemonState;
import io.hasupervisor.assess.masters.Difference;
import io.hasupervisor.assess.masters.Difference.Kind;
import io.hasupervisor.assess.masters.MasterView;
import io.hasupervisor.assess.masters.MastersFindings;
import io.hasupervisor.assess.masters.MastersView;
import io.hasupervisor.assess.masters.Word;
import io.hasupervisor.publish.ClusterStatus.DifferenceStatus;
import io.hasupervisor.publish.ClusterStatus.MasterStatus;
import io.hasupervisor.publish.ClusterStatus.SaidStatus;
import io.hasupervisor.publish.ClusterStatus.SideStatus;
import io.hasupervisor.publish.Status.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pure: what is known of all masters turned into what is published. */
public final class ClusterStatusView {
  private ClusterStatusView() {}

  /** {@code now} and {@code wall} are the same moment. */
  public static ClusterStatus of(
      MastersView view, Optional<LockStatus> lock, String node, Duration now, Instant wall) {
    return new ClusterStatus(
        ClusterStatus.SCHEMA,
        view.cluster(),
        node,
        wall,
        verdict(view),
        summary(view),
        view.heard(),
        view.etcd().name(),
        view.masters().stream().map(it -> master(it, now, wall)).toList(),
        view.differences().stream()
            .map(
                it ->
                    new DifferenceStatus(
                        it.kind().name(),
                        it.what(),
                        wall.minus(now.minus(it.since())),
                        it.sides().stream()
                            .map(side -> new SideStatus(side.value(), side.masters()))
                            .toList()))
            .toList(),
        lock);
  }

  private static MasterStatus master(MasterView it, Duration now, Instant wall) {
    return new MasterStatus(
        it.name(),
        it.address(),
        it.self(),
        it.daemon().name(),
        it.heard().map(then -> wall.minus(now.minus(then))),
        it.etcd().map(member -> member.state().name()),
        it.apiserver().map(seen -> seen.state().name()),
        it.word().map(ClusterStatusView::said));
  }

  private static SaidStatus said(Word word) {
    return new SaidStatus(
        word.host().supervisor(),
        word.etcd(),
        word.etcdVersion(),
        word.apiserver(),
        word.docker(),
        word.host().kubelet(),
        word.host().manifests(),
        word.host().lastKnownGood(),
        word.repair(),
        word.host().worst(),
        word.bootId(),
        word.host().secrets());
  }

  /** Versions that differ may do so for days of a careful upgrade; the manifests' always may. */
  private static Level verdict(MastersView view) {
    boolean secret =
        view.differences().stream()
            .anyMatch(it -> it.kind() == Kind.SECRET && MastersFindings.lasts(it, view.at()));
    boolean calm =
        view.heard()
            && view.masters().stream().allMatch(it -> it.daemon() == DaemonState.SPEAKS)
            && view.differences().stream().noneMatch(it -> it.kind() != Kind.MANIFESTS);
    return secret ? Level.CRITICAL : calm ? Level.OK : Level.ATTENTION;
  }

  private static String summary(MastersView view) {
    List<String> parts = new ArrayList<>();
    if (!view.heard()) {
      parts.add("no master can be heard now, as etcd is " + view.etcd() + ": what is shown is old");
    }
    names(view, DaemonState.SILENT).ifPresent(it -> parts.add("no word from the daemon of " + it));
    List<String> secrets =
        view.differences().stream()
            .filter(it -> it.kind() == Kind.SECRET)
            .map(Difference::what)
            .toList();
    if (!secrets.isEmpty()) {
      parts.add(Phrases.list(secrets) + " not the same on all masters");
    }
    if (view.heard()) {
      names(view, DaemonState.UNKNOWN).ifPresent(it -> parts.add("not heard yet: " + it));
    }
    int count = view.masters().size();
    String all = count == 1 ? "the only master speaks" : "all " + count + " masters speak";
    String text = parts.isEmpty() ? all : String.join("; ", parts);
    return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1) + ".";
  }

  private static Optional<String> names(MastersView view, DaemonState state) {
    List<String> names =
        view.masters().stream().filter(it -> it.daemon() == state).map(MasterView::name).toList();
    return names.isEmpty() ? Optional.empty() : Optional.of(Phrases.list(names));
  }
}
