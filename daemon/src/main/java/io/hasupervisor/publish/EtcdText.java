package io.hasupervisor.publish;

import io.hasupervisor.publish.EtcdStatus.EtcdMemberStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The part of the status's text that tells of etcd: its members, then the cluster in words. */
final class EtcdText {
  private static final String HEADING = "ETCD MEMBER";
  private static final int LONGEST_NAME = 30;

  /** Of "20:57:00Z 3m ago" and the like. */
  private static final int SINCE = 21;

  private EtcdText() {}

  static void append(StringBuilder text, EtcdStatus etcd, Instant at, Rendering as) {
    text.append('\n');
    if (!etcd.members().isEmpty()) {
      members(text, etcd.members(), at, as);
    }
    text.append(Colour.of(EtcdSummary.level(etcd)).paint(etcd.state(), as))
        .append(etcd.external() ? " (run elsewhere)" : "")
        .append(", since ")
        .append(StatusText.since(etcd.since(), at))
        .append('\n');
    StatusText.wrap(text, "  ", "etcd: " + etcd.summary(), as);
  }

  private static void members(
      StringBuilder text, List<EtcdMemberStatus> all, Instant at, Rendering as) {
    int name = width(all.stream().map(EtcdSummary::name).toList(), HEADING.length(), LONGEST_NAME);
    int state = width(all.stream().map(EtcdMemberStatus::state).toList(), "STATE".length(), 20);
    text.append(StatusText.padded(HEADING, name))
        .append("  ")
        .append(StatusText.padded("STATE", state))
        .append("  ")
        .append(StatusText.padded("SINCE", SINCE))
        .append("  ROLE\n");
    for (EtcdMemberStatus member : all) {
      String row =
          StatusText.padded(Plain.line(EtcdSummary.name(member), name), name)
              + "  "
              + Colour.ofMember(member.state()).paint(StatusText.padded(member.state(), state), as)
              + "  "
              + StatusText.padded(StatusText.since(member.since(), at), SINCE)
              + "  "
              + role(member);
      text.append(row.stripTrailing()).append('\n');
      if (!EtcdSummary.well(member)) {
        StatusText.wrap(text, "  ", member.why(), as);
      }
    }
  }

  private static int width(List<String> words, int least, int most) {
    return Math.clamp(words.stream().mapToInt(String::length).max().orElse(0), least, most);
  }

  private static String role(EtcdMemberStatus member) {
    List<String> words = new ArrayList<>();
    if (member.leader()) {
      words.add("leader");
    }
    if (member.learner()) {
      words.add("learner");
    }
    if (member.own()) {
      words.add("this host");
    }
    return String.join(", ", words);
  }
}
