package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom to ask, and where.
 *
 * @param alone whether the masters' addresses are loopback ones, so that all are on this host
 */
record Roster(EtcdSettings settings, Master.Node node, boolean alone) {

  static Roster of(Master master) {
    return new Roster(master.etcd(), master.node(), Endpoint.here(master.node().address()));
  }

  /**
   * One member to ask.
   *
   * @param url as in {@link MemberEvidence}
   * @param client where its clients' port can be asked from here
   * @param peer where its peers' port can be asked from here
   */
  record Target(
      String url,
      boolean own,
      Optional<MemberSeen> listed,
      boolean unreachableByDesign,
      Optional<Endpoint> client,
      Optional<Endpoint> peer) {

    private static Target of(String url, boolean own) {
      return new Target(url, own, Optional.empty(), false, Endpoint.parse(url), Optional.empty());
    }
  }

  /**
   * The own member first; of the others the listed ones, or the configured endpoints before there
   * is a list.
   *
   * @param list the newest proven one
   * @param own id that the own member answered with last
   */
  List<Target> targets(Optional<MemberList> list, Optional<EtcdId> own) {
    List<Target> targets = new ArrayList<>();
    if (settings.external() || list.isEmpty()) {
      settings.local().ifPresent(url -> targets.add(Target.of(url, true)));
      Set<String> urls = new LinkedHashSet<>(settings.endpoints());
      settings.local().ifPresent(urls::remove);
      urls.forEach(url -> targets.add(Target.of(url, false)));
      return targets;
    }
    String local = settings.local().orElseThrow();
    List<MemberSeen> members = list.get().members();
    Optional<MemberSeen> ours = ours(members, own);
    targets.add(
        new Target(
            local,
            true,
            ours,
            false,
            Endpoint.parse(local),
            ours.flatMap(member -> first(member.peerUrls(), true))));
    members.stream()
        .filter(member -> !ours.equals(Optional.of(member)))
        .map(this::other)
        .forEach(targets::add);
    return targets;
  }

  /** By the id that it answered with; before it has answered, by its name or address. */
  private Optional<MemberSeen> ours(List<MemberSeen> members, Optional<EtcdId> own) {
    if (own.isPresent()) {
      return members.stream().filter(member -> own.equals(Optional.of(member.id()))).findFirst();
    }
    return members.stream()
        .filter(member -> member.name().equals(node.name()))
        .findFirst()
        .or(() -> members.stream().filter(this::onThisAddress).findFirst());
  }

  private boolean onThisAddress(MemberSeen member) {
    return member.peerUrls().stream()
        .flatMap(url -> Endpoint.parse(url).stream())
        .anyMatch(peer -> !alone && peer.host().equals(node.address()));
  }

  private Target other(MemberSeen member) {
    Optional<Endpoint> client = first(member.clientUrls(), alone);
    return new Target(
        client
            .map(endpoint -> endpoint.at("").toString())
            .orElseGet(() -> member.clientUrls().stream().findFirst().orElse("")),
        false,
        Optional.of(member),
        member.started() && client.isEmpty(),
        client,
        first(member.peerUrls(), alone));
  }

  /**
   * The first that can be asked.
   *
   * @param loopback whether that may be on this host
   */
  private static Optional<Endpoint> first(List<String> urls, boolean loopback) {
    return urls.stream()
        .flatMap(url -> Endpoint.parse(url).stream())
        .filter(endpoint -> loopback || !endpoint.here())
        .findFirst();
  }
}
