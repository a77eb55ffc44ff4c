package io.hasupervisor.assess.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two files for one pod, of which the kubelet silently runs the one that comes last by name, and
 * two pods for one port.
 *
 * @param ours names of the files that ha-supervisor placed
 */
record DuplicateRule(DirectorySeen seen, Set<String> ours) {

  List<Finding> findings() {
    List<Finding> found = new ArrayList<>();
    List<FileSeen> files = seen.files();
    for (int last = 1; last < files.size(); last++) {
      for (FileSeen first : files.subList(0, last)) {
        pair(first, files.get(last)).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The two in the kubelet's order. */
  private Optional<Finding> pair(FileSeen first, FileSeen last) {
    // The subject is the one that is not ours: that one is to go.
    boolean lastIsOurs = ours.contains(last.name());
    FileSeen blamed = lastIsOurs ? first : last;
    FileSeen other = lastIsOurs ? last : first;
    Severity severity = ours.contains(other.name()) ? Severity.CRITICAL : Severity.WARNING;
    Path path = seen.directory().resolve(blamed.name());
    if (first.pod().isPresent() && first.pod().equals(last.pod())) {
      return Optional.of(
          DirectoryRule.of(
              "DUPLICATE_POD",
              severity,
              path,
              "it has the pod %s as %s has; the kubelet silently runs the last by name, %s"
                  .formatted(
                      Quote.bare(first.pod().get()),
                      Quote.bare(other.name()),
                      Quote.bare(last.name())),
              "Move it out of the directory: mv %s /root/".formatted(DirectoryRule.shown(path))));
    }
    return first.hostPorts().stream()
        .filter(last.hostPorts()::contains)
        .findFirst()
        .map(
            port ->
                DirectoryRule.of(
                    "HOST_PORT_CLASH",
                    severity,
                    path,
                    "its pod wants port %d of the host as that of %s does: only one of them can run"
                        .formatted(port, Quote.bare(other.name())),
                    "Give one of them another port, or move one out of the directory."));
  }
}
