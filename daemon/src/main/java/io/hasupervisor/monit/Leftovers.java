package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Entry;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was not imported. */
final class Leftovers {
  private final List<Leftover> all;
  private final Optional<Entry> entry;

  Leftovers() {
    this(new ArrayList<>(), Optional.empty());
  }

  private Leftovers(List<Leftover> all, Optional<Entry> entry) {
    this.all = all;
    this.entry = entry;
  }

  /** The same for statements of one entry: those from an included file need its name. */
  Leftovers of(Entry entry) {
    return new Leftovers(all, Optional.of(entry));
  }

  /**
   * One more.
   *
   * @param words those of the statement that may be shown: no secret
   * @param instead why not, and what to do instead
   */
  void add(Origin at, String words, String instead) {
    String name =
        entry
            .filter(it -> !it.at().file().equals(at.file()))
            .map(it -> Quote.bare(it.name()) + ": ")
            .orElse("");
    all.add(new Leftover(at, name + Quote.bare(words), Shown.line(instead)));
  }

  List<Leftover> all() {
    return List.copyOf(all);
  }
}
