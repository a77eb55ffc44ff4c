package io.hasupervisor.observe.backup;

import io.hasupervisor.host.Entries;
import io.hasupervisor.host.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies in the directory of etcd's backups.
 *
 * @param backups this cluster's, the newest first
 * @param foreign what is not ours: other names, links, directories, other clusters' backups
 * @param leftovers of a backup that did not come to its end
 * @param problem why it could not be looked at; a directory that is not there yet is empty
 */
public record BackupsSeen(
    Path directory,
    List<Backup> backups,
    List<Path> foreign,
    List<Path> leftovers,
    Optional<String> problem) {
  private static final String SNAPSHOT = ".db";
  private static final String PART = ".db.part";
  private static final String SIDECAR = ".json";

  /** {@link io.hasupervisor.host.AtomicFile} writes there first. */
  private static final String SIDECAR_PART = ".json.new";

  public BackupsSeen {
    backups = backups.stream().sorted(Backup.NEWEST_FIRST).toList();
    foreign = List.copyOf(foreign);
    leftovers = List.copyOf(leftovers);
  }

  /** Nothing of it is known. */
  public static BackupsSeen unknown(Path directory, String problem) {
    return new BackupsSeen(directory, List.of(), List.of(), List.of(), Optional.of(problem));
  }

  /** Looks; the files themselves are not read. */
  public static BackupsSeen look(Path directory, String cluster) {
    try {
      return sorted(directory, BackupName.fit(cluster), Entries.of(directory));
    } catch (NoSuchFileException e) {
      return new BackupsSeen(directory, List.of(), List.of(), List.of(), Optional.empty());
    } catch (IOException e) {
      return unknown(directory, Reason.of(e));
    }
  }

  private static BackupsSeen sorted(Path directory, String cluster, List<Path> entries) {
    List<Backup> backups = new ArrayList<>();
    List<Path> foreign = new ArrayList<>();
    List<Path> leftovers = new ArrayList<>();
    for (Path entry : entries) {
      String file = String.valueOf(entry.getFileName());
      boolean regular = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
      Optional<BackupName> snapshot = regular ? name(file, SNAPSHOT, cluster) : Optional.empty();
      Optional<BackupName> sidecar = regular ? name(file, SIDECAR, cluster) : Optional.empty();
      if (snapshot.isPresent()) {
        backup(entry, snapshot.get()).ifPresent(backups::add);
      } else if (sidecar.isPresent()) {
        if (!entries.contains(Backup.fileOf(directory, sidecar.get()))) {
          leftovers.add(entry);
        }
      } else if (regular && unfinished(file, cluster)) {
        leftovers.add(entry);
      } else {
        foreign.add(entry);
      }
    }
    return new BackupsSeen(directory, backups, foreign, leftovers, Optional.empty());
  }

  private static boolean unfinished(String file, String cluster) {
    return name(file, PART, cluster).isPresent()
        || (file.startsWith(".") && name(file.substring(1), SIDECAR_PART, cluster).isPresent());
  }

  private static Optional<BackupName> name(String file, String ending, String cluster) {
    return file.endsWith(ending)
        ? BackupName.parse(file.substring(0, file.length() - ending.length()))
            .filter(name -> name.cluster().equals(cluster))
        : Optional.empty();
  }

  /** Empty where it has just been removed. */
  private static Optional<Backup> backup(Path file, BackupName name) {
    try {
      long size =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).size();
      return Optional.of(
          new Backup(
              file,
              name,
              size,
              Sidecar.read(Backup.sidecarOf(file.resolveSibling("."), name).normalize())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The newest one that can be restored from. */
  public Optional<Backup> newestVerified() {
    return backups.stream().filter(Backup::verified).findFirst();
  }

  /** Greater than that of every backup that is there. */
  public long nextSequence() {
    return 1 + backups.stream().mapToLong(Backup::sequence).max().orElse(0);
  }
}
