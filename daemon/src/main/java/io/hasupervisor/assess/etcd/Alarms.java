package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The alarms of all members, as any member's status tells them at once (asking for the list of
 * alarms goes through consensus, and so fails just when it matters).
 */
record Alarms(List<Alarm> raised) {
  static final Alarms NONE = new Alarms(List.of());

  /** As etcd writes a protobuf message: decimal, and a member 0 is left out. */
  private static final Pattern TEXT =
      Pattern.compile("(?:memberID:(\\d{1,20})\\s+)?alarm:([A-Z]{1,20})");

  Alarms {
    raised = List.copyOf(raised);
  }

  /**
   * One alarm.
   *
   * @param member empty where etcd names none
   */
  record Alarm(String kind, Optional<EtcdId> member) {
    @Override
    public String toString() {
      return member.map(id -> kind + " " + id).orElse(kind);
    }
  }

  /** Those that any of them names; what was known before where nobody answers. */
  Alarms after(Collection<StatusSeen> answers) {
    return answers.isEmpty()
        ? this
        : new Alarms(
            answers.stream()
                .flatMap(status -> status.errors().stream())
                .flatMap(error -> TEXT.matcher(error).results())
                .map(
                    found ->
                        new Alarm(
                            found.group(2),
                            Optional.ofNullable(found.group(1)).flatMap(EtcdId::decimal)))
                .distinct()
                .toList());
  }

  boolean any(String kind) {
    return raised.stream().anyMatch(alarm -> alarm.kind().equals(kind));
  }

  /** Whether one of that kind is this member's. */
  boolean of(String kind, Optional<EtcdId> member) {
    return member.isPresent() && raised.contains(new Alarm(kind, member));
  }

  /** Whether one of that kind is nobody's in particular. */
  boolean nameless(String kind) {
    return raised.contains(new Alarm(kind, Optional.empty()));
  }

  List<String> texts() {
    return raised.stream().map(Alarm::toString).toList();
  }
}
