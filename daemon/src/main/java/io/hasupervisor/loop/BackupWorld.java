package io.hasupervisor.loop;

import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.act.backup.FilesArchive.Archived;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What backups need of the world; may block, and is called from a thread that is interrupted. */
public interface BackupWorld {

  /** Where backups are to lie. */
  PlaceSeen place();

  /** etcd's backups that are there. */
  BackupsSeen look();

  /** Makes one of etcd, through this host's member. */
  BackupResult backUp() throws InterruptedException;

  /** Runs the operator's command on a new one; what went wrong as a sentence. */
  Optional<String> hook(Path backup) throws InterruptedException;

  /**
   * Reads one again, and notes what was found.
   *
   * @throws IOException where that cannot be noted
   */
  Backup verify(Backup backup) throws IOException, InterruptedException;

  /**
   * Archives the master's files, where they have changed.
   *
   * @param made more files, by their name in the archive
   * @throws IOException where that is not possible
   */
  Archived archive(Map<String, byte[]> made) throws IOException;
}
