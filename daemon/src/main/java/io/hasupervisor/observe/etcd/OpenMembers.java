package io.hasupervisor.observe.etcd;

import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.observe.HttpCall;
import io.hasupervisor.observe.etcd.Roster.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members that are kept open between rounds, one for each address; of any thread. Once closed,
 * none is opened any more.
 */
final class OpenMembers implements AutoCloseable {
  private final EtcdSettings settings;
  private final HttpCall http;
  private final Map<Endpoint, Member> members = new HashMap<>();
  private boolean closed;

  private OpenMembers(EtcdSettings settings, HttpCall http) {
    this.settings = settings;
    this.http = http;
  }

  /** None is open yet. */
  static OpenMembers of(EtcdSettings settings, HttpCall http) {
    return new OpenMembers(settings, http);
  }

  /** Opens what is new and closes what has gone. */
  synchronized Map<Target, Member> keep(List<Target> targets) {
    Map<Target, Member> kept = new HashMap<>();
    for (Target target : targets) {
      target.client().flatMap(this::open).ifPresent(member -> kept.put(target, member));
    }
    Set<Endpoint> wanted =
        targets.stream().flatMap(target -> target.client().stream()).collect(Collectors.toSet());
    members.entrySet().removeIf(member -> gone(member, wanted));
    return kept;
  }

  private static boolean gone(Map.Entry<Endpoint, Member> member, Set<Endpoint> wanted) {
    boolean gone = !wanted.contains(member.getKey());
    if (gone) {
      member.getValue().close();
    }
    return gone;
  }

  /** This host's member; empty where etcd is run elsewhere. */
  synchronized Optional<Member> own() {
    return settings.local().flatMap(Endpoint::parse).flatMap(this::open);
  }

  /** The one at an address, if it is open. */
  synchronized Optional<Member> at(Endpoint endpoint) {
    return Optional.ofNullable(members.get(endpoint));
  }

  private Optional<Member> open(Endpoint endpoint) {
    return closed
        ? Optional.empty()
        : Optional.of(
            members.computeIfAbsent(endpoint, at -> new Member(at, settings.tls(), http)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    members.values().forEach(Member::close);
    members.clear();
  }
}
