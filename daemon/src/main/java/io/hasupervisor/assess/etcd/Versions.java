package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.PeerSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members' versions; etcd wants them no more than one minor apart. */
record Versions(List<String> all) {
  private static final Pattern MINOR = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\D.*)?");

  /** What a member says to be, by its status, else on its peer port. */
  static Optional<String> told(Subject subject) {
    Optional<MemberEvidence> seen = subject.evidence();
    return seen.map(MemberEvidence::status)
        .flatMap(Answer::got)
        .map(StatusSeen::version)
        .or(() -> seen.map(MemberEvidence::peer).flatMap(Answer::got).map(PeerSeen::version))
        .filter(version -> !version.isEmpty());
  }

  /** Whether more than half of the other members are more than one minor version away. */
  boolean skewed(String version) {
    OptionalInt mine = rank(version);
    int[] ranks = all.stream().flatMapToInt(told -> rank(told).stream()).toArray();
    if (mine.isEmpty() || ranks.length < 2) {
      return false;
    }
    long near =
        Arrays.stream(ranks).filter(rank -> Math.abs(rank - mine.getAsInt()) <= 1).count() - 1;
    return 2 * near < ranks.length - 1;
  }

  /** Minor versions in a row: 3.0 follows 2.3. */
  private static OptionalInt rank(String version) {
    Matcher found = MINOR.matcher(version);
    if (!found.matches()) {
      return OptionalInt.empty();
    }
    int major = Integer.parseInt(found.group(1));
    int minor = Integer.parseInt(found.group(2));
    return OptionalInt.of(
        switch (major) {
          case 2 -> minor - 4;
          case 3 -> minor;
          default -> 1000 * major + minor;
        });
  }
}
