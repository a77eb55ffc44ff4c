package io.hasupervisor.act.backup;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.backup.PlaceRule;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** The directory of backups: {@code etcd/} and {@code files/}, for root only. */
public record BackupFolder(Master master) {

  /** Where etcd's backups lie. */
  public Path etcd() {
    return path().resolve("etcd");
  }

  /** Where archives of the master's files lie. */
  public Path files() {
    return path().resolve("files");
  }

  private Path path() {
    return master.backup().directory().toAbsolutePath().normalize();
  }

  /** etcd's backups that are there. */
  public BackupsSeen look() {
    return BackupsSeen.look(etcd(), master.cluster().name());
  }

  /**
   * Makes what is missing.
   *
   * @return why backups may not lie there; nothing was made then
   */
  public Optional<Refusal> prepare() {
    boolean sameDevice = master.backup().sameDevice();
    Optional<Refusal> refusal = PlaceRule.refusal(PlaceSeen.look(master), sameDevice);
    if (refusal.isPresent()) {
      return refusal;
    }
    try {
      make(path());
      make(etcd());
      make(files());
    } catch (IOException e) {
      return Optional.of(
          new Refusal(
              "BACKUP_DIRECTORY_NOT_MADE",
              "%s cannot be used: %s.".formatted(path(), Reason.withFile(e)),
              "Mend it, or name another directory in backup.directory."));
    }
    return Optional.empty();
  }

  private static void make(Path directory) throws IOException {
    Path parent = directory.resolveSibling(".").normalize();
    if (Files.notExists(parent, LinkOption.NOFOLLOW_LINKS)) {
      make(parent);
    }
    if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
      try {
        Durable.createDirectory(directory);
        Durable.sync(parent);
      } catch (FileAlreadyExistsException e) {
        // Another ha-supervisor was faster.
        return;
      }
    }
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(directory + " is not a directory");
    }
  }

  /** Closes to others what was made with a wider mode, as by hand. */
  void shut() throws IOException {
    for (Path directory : new Path[] {etcd(), files()}) {
      int owner = (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (owner != Identity.user()) {
        throw new IOException(directory + " belongs to user " + owner);
      }
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /**
   * Keeps every other ha-supervisor from writing there.
   *
   * @throws ProcessLock.Held when one still writes after {@code wait}
   */
  ProcessLock lock(Duration wait) throws IOException {
    return ProcessLock.take(path().resolve("lock"), wait);
  }
}
