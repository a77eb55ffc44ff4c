package io.hasupervisor.assess.etcd;

import io.hasupervisor.assess.etcd.Roster.Subject;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.PeerSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

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

  /** Whether it is more than one minor version away from the middle of the others. */
  boolean skewed(String version) {
    OptionalInt mine = rank(version);
    int[] others = all.stream().flatMapToInt(v -> rank(v).stream()).sorted().toArray();
    if (mine.isEmpty() || others.length < 2) {
      return false;
    }
    int[] rest = without(others, mine.getAsInt());
    return Math.abs(mine.getAsInt() - rest[rest.length / 2]) > 1;
  }

  private static int[] without(int[] sorted, int one) {
    int at = IntStream.range(0, sorted.length).filter(i -> sorted[i] == one).findFirst().orElse(0);
    return IntStream.range(0, sorted.length).filter(i -> i != at).map(i -> sorted[i]).toArray();
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
