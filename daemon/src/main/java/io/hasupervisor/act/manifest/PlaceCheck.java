package io.hasupervisor.act.manifest;

import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.manifest.Access;
import io.hasupervisor.observe.manifest.DirectoryOwner;
import io.hasupervisor.observe.manifest.ManifestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Why nothing may be placed in a directory, or over a file: a sentence and its cure. */
record PlaceCheck(Path directory, Clock clock) {

  /** Empty where files may be placed. */
  Optional<String> refusal() {
    if (Files.isSymbolicLink(directory)) {
      return Optional.of(
          "%s is a symbolic link: configure the directory it points to, in the kubelet too"
              .formatted(directory));
    }
    if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(
          "%s does not exist: make it with \"install -d -m 0700 %s\", or correct the configuration"
              .formatted(directory, directory));
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(directory + " is not a directory: move it away");
    }
    try {
      Optional<String> fault = Access.of(directory).fault(Identity.user());
      if (fault.isPresent()) {
        return Optional.of(
            "%s %s, so that others than root could run anything on this host: \"chown root %s &&"
                    .formatted(directory, fault.get(), directory)
                + " chmod 0700 "
                + directory
                + "\"");
      }
    } catch (IOException e) {
      return Optional.of(directory + " cannot be looked at: " + Reason.of(e));
    }
    return ManifestDirectory.look(directory, clock).owner().map(this::foreign);
  }

  private String foreign(DirectoryOwner owner) {
    return "%s belongs to %s (%s), so it is only observed: leave its manifests to %s, or take it off this host first"
        .formatted(directory, owner.tool(), owner.why(), owner.tool());
  }

  /** Empty where this name is free or a regular file. */
  Optional<String> refusal(Path target) {
    if (Files.isSymbolicLink(target)) {
      return Optional.of(
          target + " is a symbolic link: replace it with a copy of the file it points to");
    }
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(target + " is a directory: move it away");
    }
    return Files.notExists(target, LinkOption.NOFOLLOW_LINKS)
            || Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        ? Optional.empty()
        : Optional.of(target + " is a pipe, socket or device: move it away");
  }
}
