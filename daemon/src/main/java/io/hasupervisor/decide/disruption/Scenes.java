package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.api.ApiserverState;
import io.hasupervisor.assess.api.ApiserverView;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.ProcessSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts a {@link Scene} together from what the daemon knows; pure. */
public final class Scenes {
  /** An older word on the apiservers says nothing of now. */
  private static final Duration ROUNDS = Duration.ofSeconds(45);

  private Scenes() {}

  /**
   * What this host itself shows; all times are monotonic.
   *
   * @param process its etcd, seen in /proc at {@code processAt}
   * @param liveRestore whether containers are verified to survive a restart of docker
   * @param maintenance whether {@code /etc/ha-supervisor/no-repair} exists
   * @param dataLost whether it was a member of etcd and its data is gone
   * @param up time since the boot
   * @param dockerSick since when docker has not been well; empty while it is
   */
  public record Host(
      ProcessSeen process,
      Duration processAt,
      boolean liveRestore,
      boolean maintenance,
      boolean dataLost,
      Duration up,
      Optional<Duration> dockerSick) {}

  /** Everything at {@code now}; empty views are of rounds that have not ended yet. */
  public static Scene of(
      Master master, Host host, Optional<EtcdView> etcd, Optional<EntryView> entry, Duration now) {
    String self = master.node().name();
    List<Attestation> said =
        etcd.stream()
            .flatMap(view -> view.attested().stream())
            .filter(heard -> heard.fresh(now))
            .map(Heard::newest)
            .filter(word -> !own(word, self, etcd))
            .toList();
    Optional<EntryView> seen = entry.filter(view -> now.minus(view.at()).compareTo(ROUNDS) <= 0);
    return new Scene(
        etcd,
        host.process(),
        host.processAt(),
        master.etcd().external(),
        host.liveRestore(),
        seen.flatMap(EntryView::own).filter(one -> one.state().serves()).isPresent(),
        seen.flatMap(EntryView::own).filter(one -> away(one.state())).map(ApiserverView::since),
        serving(self, seen, said),
        nodes(said, word -> word.repair().equals("running")),
        host.maintenance(),
        host.dataLost(),
        host.up(),
        host.dockerSick(),
        Rank.of(self, master.cluster().masters().keySet()));
  }

  private static boolean own(Attestation word, String self, Optional<EtcdView> etcd) {
    return word.node().equals(self)
        || etcd.flatMap(EtcdView::own)
            .flatMap(EtcdView.MemberView::id)
            .filter(word.member()::equals)
            .isPresent();
  }

  private static List<String> serving(
      String self, Optional<EntryView> entry, List<Attestation> said) {
    Stream<String> asked =
        entry.stream()
            .flatMap(view -> view.apiservers().stream())
            .filter(one -> !one.own() && !one.master().equals(self) && one.state().serves())
            .map(ApiserverView::master);
    Stream<String> attested =
        nodes(said, word -> serves(word.apiserver())).stream()
            .filter(node -> !contradicted(node, entry));
    return Stream.concat(asked, attested).distinct().sorted().toList();
  }

  /** An attestation may be 75 s old; that nothing listens there is newer. */
  private static boolean contradicted(String node, Optional<EntryView> entry) {
    return entry.stream()
        .flatMap(view -> view.apiservers().stream())
        .anyMatch(one -> one.master().equals(node) && one.state() == ApiserverState.DOWN);
  }

  private static boolean serves(String state) {
    return Stream.of(ApiserverState.values())
        .anyMatch(known -> known.serves() && known.name().equals(state));
  }

  private static List<String> nodes(List<Attestation> said, Predicate<Attestation> which) {
    return said.stream().filter(which).map(Attestation::node).distinct().sorted().toList();
  }

  /** Whether it certainly serves nobody. */
  private static boolean away(ApiserverState state) {
    return switch (state) {
      case DOWN, HUNG, FOREIGN, ETCD_FAILS, NOT_READY -> true;
      case UNKNOWN, UNREACHABLE, UNTRUSTED, SICK, UP, HEALTHY -> false;
    };
  }
}
