package io.hasupervisor.loop;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.decide.disruption.Rank;
import io.hasupervisor.decide.disruption.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what is known for a decision on this master. */
final class RepairScenes {
  /** What a daemon in repair attests. */
  static final String RUNNING = "running";

  private RepairScenes() {}

  /**
   * All evidence at {@code now}.
   *
   * @param wasMember whether this host is remembered to have had a member of etcd
   */
  static Scene of(
      Optional<EtcdView> etcd,
      Optional<EntryView> entry,
      HostSeen host,
      boolean external,
      boolean wasMember,
      Duration now) {
    List<Heard> others =
        etcd.stream()
            .flatMap(view -> view.attested().stream())
            .filter(heard -> heard.fresh(now))
            .toList();
    return new Scene(
        etcd,
        host.process(),
        host.at(),
        external,
        host.liveRestore(),
        entry.flatMap(EntryView::own).filter(own -> own.state().serves()).isPresent(),
        Optional.empty(),
        Stream.concat(
                entry.stream()
                    .flatMap(view -> view.apiservers().stream())
                    .filter(it -> !it.own() && it.state().serves())
                    .map(ApiserverView::master),
                others.stream().filter(RepairScenes::serves).map(it -> it.newest().node()))
            .distinct()
            .toList(),
        others.stream()
            .filter(it -> it.newest().repair().equals(RUNNING))
            .map(it -> it.newest().node())
            .toList(),
        host.maintenance(),
        !external && wasMember && !host.member(),
        now,
        Optional.empty(),
        Rank.FIRST);
  }

  private static boolean serves(Heard heard) {
    return Stream.of(ApiserverState.values())
        .filter(ApiserverState::serves)
        .anyMatch(state -> state.name().equals(heard.newest().apiserver()));
  }
}
