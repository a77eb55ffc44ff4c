package io.hasupervisor.command;

import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What placing would change, without a word of the files' content. */
final class Changes {
  private Changes() {}

  /**
   * One line for each manifest.
   *
   * @param current the revision that is to stand in the directory now
   */
  static List<String> of(Master master, List<Manifest> next, Optional<Revision> current)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Manifest manifest : next) {
      Optional<String> stands = PlacedFile.of(master, manifest);
      lines.add(manifest.file() + ": " + change(stands, manifest, find(current, manifest.name())));
    }
    current.stream()
        .flatMap(revision -> revision.manifests().stream())
        .filter(old -> next.stream().noneMatch(it -> it.name().equals(old.name())))
        .map(old -> old.file() + ": wanted no more; its file stays until you remove it")
        .forEach(lines::add);
    return lines;
  }

  private static String change(Optional<String> stands, Manifest next, Optional<Manifest> current) {
    if (stands.isEmpty()) {
      return "new";
    }
    if (stands.get().equals(next.text())) {
      return "unchanged";
    }
    boolean edited = current.filter(it -> it.text().equals(stands.get())).isEmpty();
    return lines(stands.get(), next.text())
        + (edited ? ", over a file that ha-supervisor did not place" : "");
  }

  /** The manifests whose files differ between two revisions. */
  static List<String> names(Optional<Revision> before, Revision after) {
    return after.manifests().stream()
        .filter(it -> find(before, it.name()).filter(old -> old.text().equals(it.text())).isEmpty())
        .map(Manifest::name)
        .toList();
  }

  private static Optional<Manifest> find(Optional<Revision> revision, String name) {
    return revision.stream()
        .flatMap(it -> it.manifests().stream())
        .filter(it -> it.name().equals(name))
        .findFirst();
  }

  /** "+3 -1 lines"; a line that moved counts as none. */
  private static String lines(String old, String now) {
    List<String> gone = new ArrayList<>(old.lines().toList());
    List<String> come = new ArrayList<>();
    now.lines().filter(line -> !gone.remove(line)).forEach(come::add);
    return "+" + come.size() + " -" + gone.size() + " lines";
  }
}
