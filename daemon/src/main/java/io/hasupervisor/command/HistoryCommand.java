package io.hasupervisor.command;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.act.manifest.RevisionStore.History;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.publish.Plain;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "history",
    description = {
      "Show the stored revisions of the manifests, newest first: when, by whom and why, and what"
          + " changed.",
      "current: it is to stand in the directory; good: the newest that ran well for long enough."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor manifests history",
      "  ha-supervisor manifests history --json | jq .lastKnownGood"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {ExitCodes.DONE, ExitCodes.REFUSED, "2:wrong usage", ExitCodes.BAD_CONFIG})
final class HistoryCommand extends PlacementCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String ROW = "%-8s  %-20s  %-12s  %-13s  %s%n";

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  HistoryCommand() {
    this(PlacementWorld::ofProcess);
  }

  HistoryCommand(Supplier<PlacementWorld> world) {
    super(world);
  }

  @Override
  int run(PlacementWorld world, Plan plan, Master master) throws IOException {
    RevisionStore store = store(plan);
    History history = store.history();
    Optional<Integer> current = store.current();
    Optional<Integer> good = store.lastKnownGood();
    if (json) {
      out().print(HistoryJson.of(history, current, good));
      return 0;
    }
    if (history.revisions().isEmpty() && history.damaged().isEmpty()) {
      out().println("nothing was stored yet; to place the first: ha-supervisor manifests place");
      return 0;
    }
    out().printf(ROW, "REVISION", "WHEN", "BY", "MARKS", "WHY");
    List<Revision> revisions = history.revisions();
    for (int i = revisions.size() - 1; i >= 0; i--) {
      Revision it = revisions.get(i);
      Optional<Revision> before = i == 0 ? Optional.empty() : Optional.of(revisions.get(i - 1));
      row(it, marks(it.number(), current, good), before);
    }
    for (String damaged : history.damaged()) {
      out().println("damaged, and never placed: " + Plain.line(damaged, 400));
    }
    return 0;
  }

  private void row(Revision it, String marks, Optional<Revision> before) {
    out()
        .printf(
            ROW,
            it.number(),
            TIME.format(it.at()),
            Plain.line(it.by(), 12),
            marks,
            Plain.line(it.why(), 200));
    List<String> changed = Changes.names(before, it);
    out().println("  " + (changed.isEmpty() ? "nothing changed" : String.join(", ", changed)));
  }

  private static String marks(int number, Optional<Integer> current, Optional<Integer> good) {
    List<String> marks = new ArrayList<>();
    if (current.equals(Optional.of(number))) {
      marks.add("current");
    }
    if (good.equals(Optional.of(number))) {
      marks.add("good");
    }
    return String.join(",", marks);
  }
}
