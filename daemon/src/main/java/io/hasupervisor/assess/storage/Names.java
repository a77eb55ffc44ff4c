package io.hasupervisor.assess.storage;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.observe.etcd.EtcdId;

/** What members are called in findings. */
final class Names {
  private Names() {}

  static String own(EtcdView view) {
    return view.own().map(Names::of).orElse("etcd");
  }

  static String byId(EtcdId id, EtcdView view) {
    return view.members().stream()
        .filter(member -> member.id().filter(id::equals).isPresent())
        .findFirst()
        .map(Names::of)
        .orElse(id.toString());
  }

  static String of(MemberView member) {
    return member.name().isEmpty() ? member.url() : member.name();
  }
}
