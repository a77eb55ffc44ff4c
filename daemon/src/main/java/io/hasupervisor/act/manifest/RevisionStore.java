package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Revisions of the manifests, one directory each, below {@code manifests/} of the state directory.
 * A reader never sees half a revision and waits for nobody; of several writers one writes at a
 * time. Whatever the kill -9 or power loss of a writer left over is removed by the next writer.
 * What this store did not write is left alone.
 */
public final class RevisionStore {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final String CURRENT = "current";
  private static final String LAST_KNOWN_GOOD = "last-known-good";

  private final StoreFolder folder;
  private final Duration wait;

  /** A store that has not looked at its directory yet; it is made by the first writer. */
  public RevisionStore(Path stateDir) {
    this(stateDir, WAIT);
  }

  RevisionStore(Path stateDir, Duration wait) {
    this.folder = new StoreFolder(stateDir.resolve("manifests"));
    this.wait = wait;
  }

  /**
   * All that is stored.
   *
   * @param revisions the usable ones, oldest first
   * @param damaged a sentence on each of the others
   */
  public record History(List<Revision> revisions, List<String> damaged) {
    public History {
      revisions = List.copyOf(revisions);
      damaged = List.copyOf(damaged);
    }
  }

  /**
   * Stores manifests as a new revision, unless the newest one has the same files: then that one is
   * the answer. Afterwards all but the newest 10, the current and the last known good are removed.
   *
   * @param by who wants it
   * @param why in a few words
   * @throws IOException when it was not stored, with a sentence that says why; nothing has changed
   */
  public Revision store(List<Manifest> manifests, String by, String why, Instant at)
      throws IOException {
    Optional<String> fault = ManifestFiles.fault(manifests);
    if (fault.isPresent()) {
      throw new IOException(fault.get());
    }
    return writing(
        "The revision was not stored",
        () -> {
          List<Integer> numbers = folder.numbers();
          Optional<Revision> newest =
              numbers.isEmpty() ? Optional.empty() : usable(numbers.getLast());
          if (newest.isPresent() && sameFiles(newest.get().manifests(), manifests)) {
            return newest.get();
          }
          Revision revision = new Revision(next(numbers), at, clip(by), clip(why), manifests);
          folder.add(revision);
          folder.trim(
              List.of(current(), lastKnownGood()).stream().flatMap(Optional::stream).toList());
          return revision;
        });
  }

  private static boolean sameFiles(List<Manifest> some, List<Manifest> others) {
    return some.stream()
            .map(Manifest::file)
            .toList()
            .equals(others.stream().map(Manifest::file).toList())
        && some.stream()
            .map(Manifest::text)
            .toList()
            .equals(others.stream().map(Manifest::text).toList());
  }

  /** Above all that was ever in use, so that a number never comes to mean something else. */
  private int next(List<Integer> numbers) throws IOException {
    int last = numbers.isEmpty() ? 0 : numbers.getLast();
    return 1 + Math.max(last, Math.max(current().orElse(0), lastKnownGood().orElse(0)));
  }

  private static String clip(String text) {
    int limit = 1000;
    return text.length() <= limit ? text : text.substring(0, limit);
  }

  /** The usable revisions, oldest first; see {@link #history} for the damaged ones. */
  public List<Revision> all() throws IOException {
    return history().revisions();
  }

  /** All revisions, usable or not; none where nothing was ever stored. */
  public History history() throws IOException {
    List<Revision> usable = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (int number : folder.numbers()) {
      try {
        folder.read(number).ifPresent(usable::add);
      } catch (IOException e) {
        damaged.add(Reason.of(e));
      }
    }
    return new History(usable, damaged);
  }

  /**
   * One revision, with all hashes compared; empty where there is none with this number.
   *
   * @throws IOException when it is damaged, with a sentence that says how
   */
  public Optional<Revision> read(int number) throws IOException {
    return folder.read(number);
  }

  private Optional<Revision> usable(int number) {
    try {
      return folder.read(number);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The revision that is to run; empty before the first placement. */
  public Optional<Integer> current() throws IOException {
    return folder.link(CURRENT);
  }

  /**
   * Makes a revision the one that is to run.
   *
   * @throws IOException also when there is no such revision, or it is damaged
   */
  public void current(int number) throws IOException {
    link(CURRENT, number);
  }

  /** The last revision that ran well; empty before there was one. */
  public Optional<Integer> lastKnownGood() throws IOException {
    return folder.link(LAST_KNOWN_GOOD);
  }

  /**
   * Notes that a revision runs well.
   *
   * @throws IOException also when there is no such revision, or it is damaged
   */
  public void lastKnownGood(int number) throws IOException {
    link(LAST_KNOWN_GOOD, number);
  }

  private void link(String name, int number) throws IOException {
    writing(
        "Revision " + number + " was not made " + name,
        () -> {
          if (folder.read(number).isEmpty()) {
            throw new IOException("there is no revision " + number);
          }
          folder.link(name, number);
          return number;
        });
  }

  /** What is done with the lock held. */
  private interface Work<T> {
    T done() throws IOException;
  }

  private <T> T writing(String failure, Work<T> work) throws IOException {
    try {
      folder.prepare();
      try (ProcessLock _ = ProcessLock.take(folder.path().resolve("lock"), wait)) {
        folder.tidy();
        return work.done();
      }
    } catch (ProcessLock.Held e) {
      throw new IOException(
          "%s: another ha-supervisor (pid %s) is writing to %s; try again when it has ended"
              .formatted(failure, e.holder(), folder.path()),
          e);
    } catch (IOException e) {
      throw new IOException(failure + ": " + Reason.withFile(e), e);
    }
  }
}
