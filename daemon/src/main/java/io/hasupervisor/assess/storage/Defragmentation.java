package io.hasupervisor.assess.storage;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a person defragments: one member at a time, since it answers nothing meanwhile, and the
 * leader last, when it leads no more (gardener#1052).
 */
final class Defragmentation {
  private Defragmentation() {}

  /** The commands for these members in order, each with the host it is to be run on. */
  static String commands(EtcdSettings settings, EtcdView view, List<MemberView> members) {
    List<String> steps = new ArrayList<>();
    members.stream()
        .sorted(Comparator.comparing(MemberView::leader).thenComparing(Names::of))
        .forEach(member -> steps.add(step(settings, view, member)));
    String all = String.join("; then ", steps);
    return steps.size() < 2
        ? all
        : "one member at a time, 36 s or more apart, and only while ha-supervisor etcd status shows"
            + " every member HEALTHY: "
            + all;
  }

  private static String step(EtcdSettings settings, EtcdView view, MemberView member) {
    String etcdctl = etcdctl(settings, member);
    String place = settings.local().isPresent() ? "on " + Names.of(member) + ": " : "";
    Optional<EtcdId> heir =
        member.leader()
            ? view.members().stream()
                .filter(other -> other.state() == MemberState.HEALTHY && !other.leader())
                .flatMap(other -> other.id().stream())
                .findFirst()
            : Optional.empty();
    return place
        + heir.map(id -> etcdctl + "move-leader " + id + " && ").orElse("")
        + etcdctl
        + "--command-timeout=60s defrag";
  }

  /** On every master the own member is at the same URL. */
  private static String etcdctl(EtcdSettings settings, MemberView member) {
    return "ETCDCTL_API=3 etcdctl --endpoints="
        + Quote.word(settings.local().orElse(member.url()))
        + settings
            .tls()
            .map(
                tls ->
                    " --cacert=%s --cert=%s --key=%s"
                        .formatted(
                            Quote.word(tls.ca().toString()),
                            Quote.word(tls.certificate().toString()),
                            Quote.word(tls.key().toString())))
            .orElse("")
        + " ";
  }
}
