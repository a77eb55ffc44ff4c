package io.hasupervisor.assess.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.Access;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may read and write the manifests: whoever writes there runs anything, as root. */
final class AccessRule {
  private static final int FILE = 0600;
  private static final int DIRECTORY = 0700;

  /** Of what is no file. */
  private static final int ANY = 07777;

  private AccessRule() {}

  static List<Finding> findings(DirectorySeen seen) {
    List<Finding> found = new ArrayList<>();
    Path directory = seen.directory();
    seen.access()
        .flatMap(it -> judged("MANIFEST_DIRECTORY", directory, it, DIRECTORY))
        .ifPresent(found::add);
    for (FileSeen file : seen.files()) {
      Path path = directory.resolve(file.name());
      int allowed = file.sha256().isPresent() ? FILE : ANY;
      file.access().flatMap(it -> judged("MANIFEST", path, it, allowed)).ifPresent(found::add);
      if (file.link()) {
        found.add(link(path));
      }
    }
    return found;
  }

  private static Optional<Finding> judged(String what, Path path, Access access, int allowed) {
    if (access.owner() != 0) {
      return Optional.of(
          DirectoryRule.of(
              what + "_OWNER",
              Severity.CRITICAL,
              path,
              "it belongs to user %d, who can run anything on this host as root through it"
                  .formatted(access.owner()),
              "chown root:root " + DirectoryRule.shown(path)));
    }
    return access.wider(allowed)
        ? Optional.of(
            DirectoryRule.of(
                what + "_MODE",
                Severity.WARNING,
                path,
                "its mode is %s, and manifests may hold secrets".formatted(access.shown()),
                "chmod %04o %s".formatted(allowed, DirectoryRule.shown(path))))
        : Optional.empty();
  }

  private static Finding link(Path path) {
    Path link = DirectoryRule.shown(path);
    Path copy = link.resolveSibling("." + link.getFileName());
    return DirectoryRule.of(
        "MANIFEST_LINK",
        Severity.WARNING,
        path,
        "it is a symbolic link: the kubelet runs what it points to, and is not told when that"
            + " changes",
        "Replace it with a copy in one step: cp -L %s %s && mv -T %s %s"
            .formatted(link, copy, copy, link));
  }
}
