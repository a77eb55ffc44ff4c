package io.hasupervisor.loop;

import io.hasupervisor.act.backup.FilesArchive.Archived;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tinylog.Logger;

/**
 * Archives the master's files every hour, where they have changed. Of the thread of {@link
 * BackupKeeper} alone.
 */
final class FilesKeeper {
  private static final Duration EVERY = Duration.ofHours(1);

  /** The first archive waits so long for the list of etcd's members. */
  private static final Duration MEMBERS_WITHIN = Duration.ofMinutes(10);

  private final Master master;
  private final BackupWorld world;
  private final Clock clock;
  private final Duration started;
  private Optional<Duration> archived = Optional.empty();
  private List<Finding> findings = List.of();

  FilesKeeper(Master master, BackupWorld world, Clock clock) {
    this.master = master;
    this.world = world;
    this.clock = clock;
    this.started = clock.now();
  }

  /** What was wrong the last time. */
  List<Finding> findings() {
    return findings;
  }

  /** Archives them where an hour has passed since the last time. */
  void step(Optional<EtcdView> view) {
    if (archived.filter(at -> clock.now().minus(at).compareTo(EVERY) < 0).isPresent()) {
      return;
    }
    Optional<String> members = view.map(FilesKeeper::members).filter(text -> !text.isEmpty());
    if (members.isEmpty() && clock.now().minus(started).compareTo(MEMBERS_WITHIN) < 0) {
      return;
    }
    archived = Optional.of(clock.now());
    Map<String, byte[]> made =
        members
            .map(
                text ->
                    Map.of(
                        "ha-supervisor-backup/etcd-members.txt",
                        text.getBytes(StandardCharsets.UTF_8)))
            .orElse(Map.of());
    findings = archived(made);
  }

  private List<Finding> archived(Map<String, byte[]> made) {
    String subject = master.backup().directory().resolve("files").toString();
    try {
      Archived result = world.archive(made);
      result.written().ifPresent(file -> Logger.info("the master's files were archived: {}", file));
      return result.left().isEmpty()
          ? List.of()
          : List.of(
              Finding.of(
                  "BACKUP_FILES_INCOMPLETE",
                  Severity.WARNING,
                  subject,
                  "%d of the master's files are not in the archive: %s."
                      .formatted(
                          result.left().size(),
                          String.join("; ", result.left().stream().limit(3).toList())),
                  "Move away what does not belong there, and copy the rest elsewhere by hand."));
    } catch (IOException e) {
      return List.of(
          Finding.of(
              "BACKUP_FILES_FAILED",
              Severity.WARNING,
              subject,
              "The master's files were not archived: " + Reason.withFile(e),
              "Mend the directory; it is tried again every hour."));
    }
  }

  /** Without what changes by itself, for each change makes an archive. */
  private static String members(EtcdView view) {
    return view.members().stream()
        .filter(member -> member.id().isPresent() && !member.version().isEmpty())
        .map(
            member ->
                "%s %s %s %s%s"
                    .formatted(
                        member.id().get(),
                        member.name(),
                        member.url(),
                        member.version(),
                        member.learner() ? " learner" : ""))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"))
        .stripLeading();
  }
}
