package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.publish.Status.FindingStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is not as it should be, and since when. Owned by the loop's thread. */
final class FindingBoard {
  /** Findings published; a person mends the worst ones first. */
  static final int SHOWN = 50;

  private static final Comparator<Known> WORST_FIRST =
      Comparator.comparing((Known known) -> known.finding().severity())
          .reversed()
          .thenComparing(Known::area)
          .thenComparing(known -> known.finding().code())
          .thenComparing(known -> known.finding().subject());

  private record Known(String area, Finding finding, Instant since) {}

  private record Key(String code, String subject) {}

  private final Map<String, List<Known>> bySource = new HashMap<>();

  /**
   * What {@code source} finds now, in place of what it found before; what is found again keeps its
   * time.
   */
  void replace(String source, String area, List<Finding> findings, Instant now) {
    Map<Key, Instant> before = new HashMap<>();
    bySource
        .getOrDefault(source, List.of())
        .forEach(known -> before.putIfAbsent(key(known.finding()), known.since()));
    List<Known> next = new ArrayList<>();
    for (Finding finding : findings) {
      next.add(new Known(area, finding, before.getOrDefault(key(finding), now)));
    }
    bySource.put(source, List.copyOf(next));
  }

  void clear() {
    bySource.clear();
  }

  private static Key key(Finding finding) {
    return new Key(finding.code(), finding.subject());
  }

  /** The worst in a few words, {@code CRITICAL LB_DOWN lb:443}; empty where nothing is amiss. */
  String worst() {
    return bySource.values().stream()
        .flatMap(List::stream)
        .filter(known -> known.finding().severity() != Finding.Severity.ADVICE)
        .min(WORST_FIRST)
        .map(Known::finding)
        .map(it -> it.severity() + " " + it.code() + " " + it.subject())
        .map(String::strip)
        .orElse("");
  }

  /** The worst first, at most {@link #SHOWN}. */
  List<FindingStatus> shown() {
    return bySource.values().stream()
        .flatMap(List::stream)
        .sorted(WORST_FIRST)
        .limit(SHOWN)
        .map(
            known ->
                new FindingStatus(
                    known.area(),
                    known.finding().code(),
                    known.finding().severity().name(),
                    known.finding().subject(),
                    known.finding().text(),
                    known.finding().cure(),
                    known.since()))
        .toList();
  }
}
