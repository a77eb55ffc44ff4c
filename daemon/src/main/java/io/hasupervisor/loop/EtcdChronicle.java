package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.observe.etcd.EtcdId;
import java.util.HashMap;
import java.util.Map;

/** Tells the events and the journal of every change of etcd's state and of its members', once. */
final class EtcdChronicle {
  /** The name under which etcd appears among the services' events. */
  static final String NAME = "etcd";

  private final Announcer announcer;
  private ClusterState told = ClusterState.QUORUM_UNKNOWN;
  private Map<String, MemberState> members = Map.of();

  EtcdChronicle(Announcer announcer) {
    this.announcer = announcer;
  }

  void judged(EtcdView view) {
    Map<String, MemberState> next = new HashMap<>();
    for (MemberView member : view.members()) {
      MemberState before = members.getOrDefault(key(member), MemberState.UNKNOWN);
      // What is not known for a moment, on the way from one state to another, is no news.
      MemberState now = member.state() == MemberState.UNKNOWN ? before : member.state();
      boolean firstSeenWell = before == MemberState.UNKNOWN && now.well();
      if (before != now && !firstSeenWell) {
        announcer.announce(
            NAME,
            before.name(),
            now.name(),
            "MEMBER",
            "member " + name(member) + ": " + member.why(),
            now.well());
      }
      next.put(key(member), now);
    }
    members = next;
    if (view.state() != told) {
      announcer.announce(
          NAME,
          told.name(),
          view.state().name(),
          view.state().name(),
          view.summary(),
          view.state().compareTo(ClusterState.SINGLE) >= 0);
      told = view.state();
    }
  }

  private static String key(MemberView member) {
    return member.id().map(EtcdId::toString).orElse(member.url());
  }

  private static String name(MemberView member) {
    return member.name().isEmpty() ? member.url() : member.name();
  }
}
