package io.hasupervisor.assess.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is wrong in the kubelet's directory: the kubelet runs every file in it, so that a forgotten
 * copy is a pod, and whoever may write there is root.
 */
public final class DirectoryRule {
  /** An editor may be writing a file for so long. */
  static final Duration SETTLES = Duration.ofSeconds(60);

  /** Findings that are told; a person mends the first ones and looks again. */
  static final int LIMIT = 100;

  private final DirectorySeen seen;
  private final Map<String, Manifest> ours;
  private final Duration now;

  private DirectoryRule(List<Manifest> expected, DirectorySeen seen, Duration now) {
    this.seen = seen;
    this.ours = expected.stream().collect(Collectors.toMap(Manifest::file, Function.identity()));
    this.now = now;
  }

  /**
   * All findings, the worst first.
   *
   * @param expected the manifests of the revision that is to run; without any, no file is called
   *     foreign
   * @param now monotonic time
   */
  public static List<Finding> findings(List<Manifest> expected, DirectorySeen seen, Duration now) {
    return new DirectoryRule(expected, seen, now).all();
  }

  private List<Finding> all() {
    if (seen.problem().isPresent()) {
      return List.of(
          of(
              "MANIFEST_DIRECTORY_UNREADABLE",
              Severity.CRITICAL,
              seen.directory(),
              "it cannot be read (" + seen.problem().get() + "): nothing is known of its files",
              "See that it is there, a directory and root's."));
    }
    List<Finding> found = new ArrayList<>();
    seen.owner()
        .ifPresent(
            owner ->
                found.add(
                    of(
                        "MANIFESTS_OF_ANOTHER_TOOL",
                        Severity.WARNING,
                        seen.directory(),
                        "it belongs to %s (%s): nothing is placed in it"
                            .formatted(owner.tool(), owner.why()),
                        "Leave manifests: out of the configuration here, or take "
                            + owner.tool()
                            + " off this host first.")));
    found.addAll(AccessRule.findings(seen));
    seen.files().forEach(file -> each(file).ifPresent(found::add));
    missing().forEach(found::add);
    found.addAll(new DuplicateRule(seen, ours.keySet()).findings());
    return found.stream()
        .sorted(Comparator.comparing(Finding::severity).reversed())
        .limit(LIMIT)
        .toList();
  }

  private Optional<Finding> each(FileSeen file) {
    Path path = seen.directory().resolve(file.name());
    Optional<Manifest> expected = Optional.ofNullable(ours.get(file.name()));
    if (expected.isPresent() && !file.sha256().equals(expected.map(Manifest::sha256))) {
      return Optional.of(drift(path, file));
    }
    if (expected.isPresent()) {
      return Optional.empty();
    }
    if (file.problem().isPresent()) {
      return now.minus(file.changedAt()).compareTo(SETTLES) > 0
          ? Optional.of(unreadable(path, file.problem().get()))
          : Optional.empty();
    }
    return ours.isEmpty() || seen.owner().isPresent()
        ? Optional.empty()
        : Optional.of(foreign(path, file));
  }

  private static Finding drift(Path path, FileSeen file) {
    return of(
        "DRIFT",
        Severity.WARNING,
        path,
        "it is not what was placed"
            + file.problem().map(it -> " and " + it).orElse("")
            + ": somebody changed it, and the kubelet runs it so",
        "See the difference with \"ha-supervisor manifests diff\"; then keep it with"
            + " \"ha-supervisor manifests accept\" or undo it with \"ha-supervisor manifests"
            + " place\".");
  }

  private static Finding unreadable(Path path, String problem) {
    return of(
        "MANIFEST_UNREADABLE",
        Severity.WARNING,
        path,
        problem + ": the kubelet runs nothing of it, or something other than meant",
        "Mend it, or move it out of the directory.");
  }

  private static Finding foreign(Path path, FileSeen file) {
    return of(
        "FOREIGN_MANIFEST",
        Severity.WARNING,
        path,
        "it was not placed by ha-supervisor, and the kubelet runs the pod %s in it"
            .formatted(Quote.bare(file.pod().orElse("?"))),
        "Move it out of the directory if nobody wants it; the kubelet takes every name that does"
            + " not begin with a dot.");
  }

  private List<Finding> missing() {
    List<String> there = seen.files().stream().map(FileSeen::name).toList();
    return ours.keySet().stream()
        .filter(name -> !there.contains(name))
        .sorted()
        .map(
            name ->
                of(
                    "MANIFEST_MISSING",
                    Severity.CRITICAL,
                    seen.directory().resolve(name),
                    "it was placed and is gone: the kubelet stops its pod",
                    "Put it back with \"ha-supervisor manifests place\"."))
        .toList();
  }

  /** A finding about a file: the text begins with its path. */
  static Finding of(String code, Severity severity, Path path, String text, String cure) {
    return new Finding(
        code,
        severity,
        Quote.bare(String.valueOf(path.getFileName())),
        Optional.of(Place.wholeFile(path)),
        shown(path) + ": " + text + ".",
        cure);
  }

  /** Anybody may have named the file, but not its directory. */
  static Path shown(Path path) {
    return path.resolveSibling(Quote.bare(String.valueOf(path.getFileName())));
  }
}
