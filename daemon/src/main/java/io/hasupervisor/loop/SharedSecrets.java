package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.credential.Fingerprints;
import io.hasupervisor.observe.credential.SharedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The newest fingerprints of what all masters must share: read by an inspection's thread, when a
 * file changes and now and then, and told by others who must not wait for files.
 */
public final class SharedSecrets {
  private final SharedFiles files;
  private volatile Map<String, String> newest = Map.of();

  private SharedSecrets(SharedFiles files) {
    this.files = files;
  }

  /** Of this host; nothing is read yet. */
  public static SharedSecrets of(Master master) {
    return new SharedSecrets(SharedFiles.of(master, Path.of("/")));
  }

  /** Files at whose change it is worth to look again. */
  public List<Path> watched() {
    return files.watched();
  }

  /** Looks anew. By itself a fingerprint is no finding: those come of comparing masters. */
  public List<Finding> look() {
    newest = Fingerprints.of(files);
    return List.of();
  }

  /** As of the last look, by the file's name; empty before the first one. */
  public Map<String, String> fingerprints() {
    return newest;
  }
}
