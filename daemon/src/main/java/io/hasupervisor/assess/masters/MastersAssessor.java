package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.Endpoint;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Puts together what is known of all masters. */
public final class MastersAssessor {
  /** A daemon that could speak for so long and did not is silent (control-plane 3.1.3). */
  static final Duration SILENCE = Duration.ofSeconds(75);

  private final MastersScene scene;
  private final Optional<Duration> heardSince;

  private MastersAssessor(MastersScene scene, Optional<Duration> heardSince) {
    this.scene = scene;
    this.heardSince = heardSince;
  }

  /** What is thought now, and what to remember. */
  public record Judgement(MastersView view, MastersHistory next) {}

  /** Judges the scene in the light of the look before. */
  public static Judgement assess(MastersHistory before, MastersScene scene) {
    boolean heard = scene.etcd().filter(MastersAssessor::carries).isPresent();
    Optional<Duration> since =
        heard ? before.heardSince().or(() -> Optional.of(scene.now())) : Optional.empty();
    List<MasterView> masters = new MastersAssessor(scene, since).masters();
    // While nobody can be heard nothing new is known: what differed is not mended by that.
    List<Difference> differences =
        heard ? dated(Differences.of(masters, scene.now()), before) : before.differences();
    MastersView view =
        new MastersView(
            scene.master().cluster().name(),
            scene.now(),
            scene.etcd().map(EtcdView::state).orElse(ClusterState.QUORUM_UNKNOWN),
            heard,
            masters,
            differences);
    return new Judgement(view, new MastersHistory(since, differences));
  }

  /** Whether etcd takes words and gives them: with NOSPACE nobody can write. */
  private static boolean carries(EtcdView etcd) {
    return etcd.proven() && etcd.state() != ClusterState.READ_ONLY;
  }

  private static List<Difference> dated(List<Difference> now, MastersHistory before) {
    return now.stream()
        .map(
            it ->
                before.differences().stream()
                    .filter(it::sameAs)
                    .findFirst()
                    .map(known -> it.since(known.since()))
                    .orElse(it))
        .toList();
  }

  private List<MasterView> masters() {
    Map<String, Said> said = said();
    List<MasterView> all = new ArrayList<>();
    scene
        .master()
        .cluster()
        .masters()
        .forEach(
            (name, address) ->
                all.add(master(name, address, Optional.ofNullable(said.remove(name)))));
    said.forEach((name, word) -> all.add(master(name, "", Optional.of(word))));
    return all;
  }

  /** A word and what is known of its age. */
  private record Said(Attestation said, boolean fresh, Optional<Duration> heard) {}

  /** The newest of each master, by its name. */
  private Map<String, Said> said() {
    List<Said> all = new ArrayList<>();
    List<Heard> attested = scene.etcd().map(EtcdView::attested).orElse(List.of());
    attested.stream()
        .map(it -> new Said(it.newest(), it.fresh(scene.now()), it.written()))
        .filter(it -> it.fresh() || belongs(it.said().member()))
        .forEach(all::add);
    scene.stored().stream()
        .filter(this::ofThisCluster)
        .filter(it -> belongs(it.member()))
        .map(it -> new Said(it, false, Optional.empty()))
        .forEach(all::add);
    all.sort(
        Comparator.comparing(Said::fresh)
            .thenComparing(it -> it.heard().orElse(Duration.ofSeconds(Long.MIN_VALUE)))
            .thenComparingLong(it -> it.said().sequence()));
    Map<String, Said> newest = new LinkedHashMap<>();
    all.forEach(it -> newest.put(it.said().node(), it));
    return newest;
  }

  private boolean ofThisCluster(Attestation said) {
    Optional<EtcdId> known = scene.etcd().flatMap(EtcdView::cluster);
    return known.isEmpty() || known.get().equals(said.cluster());
  }

  /** Whether it is a member of which is known, as long as any is known. */
  private boolean belongs(EtcdId member) {
    List<EtcdId> known =
        scene.etcd().stream()
            .flatMap(etcd -> etcd.members().stream())
            .flatMap(it -> it.id().stream())
            .toList();
    return known.isEmpty() || known.contains(member);
  }

  private MasterView master(String name, String address, Optional<Said> said) {
    boolean self = name.equals(scene.master().node().name());
    return new MasterView(
        name,
        address,
        self,
        self ? DaemonState.SPEAKS : daemon(said),
        self ? Optional.of(scene.now()) : said.flatMap(Said::heard),
        self ? Optional.of(scene.own()) : said.map(Said::said).map(Word::of),
        member(name, address, self, said),
        scene.entry().stream()
            .flatMap(entry -> entry.apiservers().stream())
            .filter(it -> it.master().equals(name))
            .findFirst());
  }

  private DaemonState daemon(Optional<Said> said) {
    if (said.filter(Said::fresh).isPresent()) {
      return DaemonState.SPEAKS;
    }
    return heardSince.filter(it -> scene.now().minus(it).compareTo(SILENCE) > 0).isPresent()
        ? DaemonState.SILENT
        : DaemonState.UNKNOWN;
  }

  /** Found by the id that its daemon named, else by its name or its address. */
  private Optional<MemberView> member(
      String name, String address, boolean self, Optional<Said> said) {
    List<MemberView> members =
        scene.etcd().map(EtcdView::members).orElse(List.of()).stream()
            .filter(it -> it.own() == self)
            .toList();
    if (self) {
      return members.stream().findFirst();
    }
    Optional<EtcdId> id = said.map(it -> it.said().member());
    return first(members, it -> id.isPresent() && it.id().equals(id))
        .or(() -> first(members, it -> it.name().equals(name)))
        .or(() -> first(members, it -> host(it).filter(address::equals).isPresent()));
  }

  private static Optional<MemberView> first(List<MemberView> members, Predicate<MemberView> which) {
    return members.stream().filter(which).findFirst();
  }

  private static Optional<String> host(MemberView member) {
    return Endpoint.parse(member.url()).map(it -> Addresses.canonical(it.host()));
  }
}
