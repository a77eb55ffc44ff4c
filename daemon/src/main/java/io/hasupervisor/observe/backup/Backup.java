package io.hasupervisor.observe.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A backup of etcd in its directory.
 *
 * @param file the snapshot
 * @param size of the file now, in bytes
 * @param sidecar empty where it is missing or cannot be read
 */
public record Backup(Path file, BackupName name, long size, Optional<Sidecar> sidecar) {

  /** The order in which they were made. The clock decides only where nothing else is known. */
  public static final Comparator<Backup> NEWEST_FIRST =
      Comparator.comparingLong(Backup::sequence)
          .thenComparing(Backup::at)
          .thenComparing(Backup::file)
          .reversed();

  /** What may be thought of it. */
  public enum State {
    /** All of it was compared with its checksums. */
    VERIFIED,
    /** Nobody has looked yet: neither trusted nor removed. */
    UNCHECKED,
    /** It is not what it was when it was made. */
    BROKEN
  }

  /** Where a sidecar lies, whether it is there or not. */
  public static Path sidecarOf(Path directory, BackupName name) {
    return directory.resolve(name + ".json");
  }

  /** Where a snapshot lies. */
  public static Path fileOf(Path directory, BackupName name) {
    return directory.resolve(name + ".db");
  }

  /** As the last check found, and as the size says now. */
  public State state() {
    if (sidecar.isEmpty()) {
      return State.UNCHECKED;
    }
    return problem().isEmpty() ? State.VERIFIED : State.BROKEN;
  }

  /** Whether it can be restored from, as far as is known. */
  public boolean verified() {
    return state() == State.VERIFIED;
  }

  /** Why it is broken; empty where it is not known to be. */
  public String problem() {
    return sidecar
        .map(
            it ->
                it.problem().isEmpty() && it.size() != size
                    ? "it has %d bytes now and had %d when it was made".formatted(size, it.size())
                    : it.problem())
        .orElse("");
  }

  /** When it was made, by the clock of then. */
  public Instant at() {
    return name.at();
  }

  /** Its place in the order of making; 0 where nothing tells. */
  public long sequence() {
    return sidecar.map(Sidecar::sequence).orElse(0L);
  }

  /** The revision that it holds at least. */
  public long revision() {
    return name.revision();
  }
}
