package io.hasupervisor.decide.backup;

import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.backup.PlaceSeen.Step;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether backups may lie where they are to: they hold every secret of the cluster, and must not be
 * lost together with the data, taken for manifests, or swapped by somebody else.
 */
public final class PlaceRule {
  private static final int ROOT = 0;

  private PlaceRule() {}

  /**
   * Why not.
   *
   * @param sameDevice whether the operator allows the device of etcd's data
   */
  public static Optional<Refusal> refusal(PlaceSeen seen, boolean sameDevice) {
    Path directory = seen.directory();
    if (seen.problem().isPresent()) {
      return refused(
          "UNREADABLE",
          directory + " cannot be looked at: " + seen.problem().get() + ".",
          "Mend it.");
    }
    if (seen.inside().isPresent()) {
      return refused(
          "INSIDE",
          "%s lies in %s, where %s."
              .formatted(
                  directory,
                  seen.inside().get(),
                  "backups would be taken for manifests or lost with the data"),
          "Give backup.directory another path.");
    }
    return seen.way().stream()
        .flatMap(step -> step(seen, step).stream())
        .findFirst()
        .or(() -> device(seen, sameDevice));
  }

  private static Optional<Refusal> step(PlaceSeen seen, Step step) {
    if (step.link()) {
      return refused(
          "LINK",
          step.path() + " is a symbolic link, which may lead elsewhere one day.",
          "Name the directory it leads to in backup.directory.");
    }
    if (!step.directory()) {
      return refused("NO_DIRECTORY", step.path() + " is not a directory.", "Move it away.");
    }
    if (step.owner() != ROOT && step.owner() != seen.user()) {
      return refused(
          "OWNER",
          "%s belongs to user %d, who could take the backups away."
              .formatted(step.path(), step.owner()),
          "chown root: " + step.path());
    }
    return step.openToOthers()
        ? refused(
            "WRITABLE",
            "%s can be written by others than root (mode %o), who could take the backups away."
                .formatted(step.path(), step.mode()),
            "chmod go-w " + step.path())
        : Optional.empty();
  }

  private static Optional<Refusal> device(PlaceSeen seen, boolean allowed) {
    return seen.onDataDevice() && !allowed
        ? Optional.of(
            new Refusal(
                "BACKUP_SAME_DEVICE",
                "%s lies on the device of etcd's data: one broken disk would take both."
                    .formatted(seen.directory()),
                "Mount another device there, or allow it: backup.same-device: allow"))
        : Optional.empty();
  }

  private static Optional<Refusal> refused(String what, String text, String cure) {
    return Optional.of(new Refusal("BACKUP_DIRECTORY_" + what, text, cure));
  }
}
