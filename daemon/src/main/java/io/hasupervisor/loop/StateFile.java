package io.hasupervisor.loop;

import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code state.json}: read once at start, replaced whole at each change. A file that cannot be used
 * is set aside, never an obstacle.
 *
 * @param path in a directory that exists
 * @param <M> what is remembered
 */
public record StateFile<M>(Path path, Form<M> form) {
  /** Bytes of a file that is read; what this daemon writes is far smaller. */
  static final int SIZE_LIMIT = 4 << 20;

  /** Files set aside that are kept. */
  static final int SET_ASIDE_KEPT = 5;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What was read.
   *
   * @param problem a sentence for the status when there was a file that could not be used
   */
  public record Loaded<M>(M memory, Optional<String> problem) {}

  /** How one kind of memory is written. */
  public interface Form<M> {
    /** What is remembered without a file. */
    M none();

    /** The file's bytes. */
    byte[] encode(M memory);

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IOException when it is anything else, with what is wrong and where
     */
    M decode(byte[] content) throws IOException;

    /** What comes of a file that cannot be used, continuing a sentence. */
    String loss();
  }

  /** The memory of the services. */
  static StateFile<Memory> ofServices(Path path) {
    return new StateFile<>(path, MemoryJson.FORM);
  }

  /** Reads it. Never throws; without a usable file, nothing is remembered. */
  public Loaded<M> load(Instant wall) {
    try {
      return new Loaded<>(form.decode(WholeFile.read(path, SIZE_LIMIT)), Optional.empty());
    } catch (NoSuchFileException e) {
      return new Loaded<>(form.none(), Optional.empty());
    } catch (IOException e) {
      return new Loaded<>(form.none(), Optional.of(unusable(Reason.of(e), wall)));
    }
  }

  private String unusable(String why, Instant wall) {
    Path aside = path.resolveSibling(path.getFileName() + ".bad-" + STAMP.format(wall));
    String outcome;
    try {
      Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
      dropOldest();
      outcome = " and was set aside as " + aside;
    } catch (IOException e) {
      outcome = " nor set aside (" + Reason.of(e) + ")";
    }
    return "The saved state "
        + path
        + " could not be used ("
        + why
        + ")"
        + outcome
        + ": "
        + form.loss();
  }

  private void dropOldest() throws IOException {
    List<Path> aside = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory(), path.getFileName() + ".bad-*")) {
      files.forEach(aside::add);
    }
    Collections.sort(aside);
    for (Path old : aside.subList(0, Math.max(0, aside.size() - SET_ASIDE_KEPT))) {
      Files.deleteIfExists(old);
    }
  }

  private Path directory() {
    return path.toAbsolutePath().resolveSibling(".").normalize();
  }

  /**
   * Replaces the file. Never throws: a full disk or a read-only directory leaves the old file as it
   * was.
   *
   * @return what went wrong, as a sentence for the status
   */
  Optional<String> save(M memory) {
    try {
      AtomicFile.write(path, form.encode(memory));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "The state cannot be saved to "
              + path
              + " ("
              + Reason.of(e)
              + "): supervision goes on, but a restart of this daemon would resume an older"
              + " state");
    }
  }
}
