package io.hasupervisor.act.backup;

import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.observe.backup.Backup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What came of a backup. */
public sealed interface BackupResult {

  /**
   * It stands, verified.
   *
   * @param removed old ones that went
   */
  record Made(Backup backup, List<Path> removed) implements BackupResult {
    public Made {
      removed = List.copyOf(removed);
    }
  }

  /** It was not begun, or did not come to its end; what was there before still is. */
  record Failed(Refusal why) implements BackupResult {}

  /** Why there is none. */
  default Optional<Refusal> failure() {
    return this instanceof Failed failed ? Optional.of(failed.why()) : Optional.empty();
  }
}
