package io.hasupervisor.publish;

import io.hasupervisor.publish.EntryStatus.ApiserverStatus;
import io.hasupervisor.publish.EntryStatus.BalancerStatus;
import io.hasupervisor.publish.EntryStatus.LeaderStatus;
import io.hasupervisor.publish.Status.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the status's text that tells of the way into the cluster: apiservers, load balancer
 * and leaders in one table.
 */
final class EntryText {
  private static final String HEADING = "WAY IN";
  private static final int LONGEST_NAME = 30;
  private static final int LONGEST_STATE = 16;

  /** Of "20:57:00Z 3m ago" and the like. */
  private static final int SINCE = 21;

  private EntryText() {}

  /**
   * One line of the table.
   *
   * @param why shown below where it is not well
   */
  private record Row(
      String name, String state, Instant since, String note, Level level, String why) {}

  static void append(StringBuilder text, EntryStatus entry, Instant at, Rendering as) {
    List<Row> rows = new ArrayList<>();
    entry.apiservers().forEach(it -> rows.add(row(it)));
    entry.balancer().ifPresent(it -> rows.add(row(it)));
    entry.leaders().forEach(it -> rows.add(row(it)));
    if (rows.isEmpty()) {
      return;
    }
    int name = width(rows.stream().map(Row::name).toList(), HEADING.length(), LONGEST_NAME);
    int state = width(rows.stream().map(Row::state).toList(), "STATE".length(), LONGEST_STATE);
    text.append('\n')
        .append(StatusText.padded(HEADING, name))
        .append("  ")
        .append(StatusText.padded("STATE", state))
        .append("  SINCE\n");
    for (Row row : rows) {
      String line =
          StatusText.padded(Plain.line(row.name(), name), name)
              + "  "
              + Colour.of(row.level()).paint(StatusText.padded(row.state(), state), as)
              + "  "
              + StatusText.padded(StatusText.since(row.since(), at), SINCE)
              + "  "
              + Plain.line(row.note(), LONGEST_NAME);
      text.append(line.stripTrailing()).append('\n');
      if (row.level() != Level.OK || row.state().equals("UNKNOWN")) {
        StatusText.wrap(text, "  ", row.why(), as);
      }
    }
  }

  private static Row row(ApiserverStatus it) {
    return new Row(
        "apiserver " + it.name(),
        it.state(),
        it.since(),
        it.own() ? "this host" : "",
        EntrySummary.level(it),
        it.cause().isEmpty() ? it.why() : it.why() + "; " + it.cause());
  }

  private static Row row(BalancerStatus it) {
    return new Row(
        "load balancer", it.state(), it.since(), it.address(), EntrySummary.level(it), it.why());
  }

  private static Row row(LeaderStatus it) {
    return new Row(
        it.component(),
        it.state(),
        it.since(),
        it.master().map(master -> "leads on " + master).orElse(""),
        EntrySummary.level(it),
        it.why());
  }

  private static int width(List<String> words, int least, int most) {
    return Math.clamp(words.stream().mapToInt(String::length).max().orElse(0), least, most);
  }
}
