package io.hasupervisor.host.process;

import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.BootId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.tinylog.Logger;

/** The file that tells a later run of this daemon which process it started: one line of text. */
final class ExecRecord {
  private static final int LIMIT = 256;

  private final Path file;

  ExecRecord(Path file) {
    this.file = file;
  }

  /** The recorded process, dead or alive; empty without a record of this boot. */
  Optional<ProcessId> read() {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String[] words =
          new String(in.readNBytes(LIMIT), StandardCharsets.US_ASCII).strip().split(" ", -1);
      return words.length == 2 && words[1].equals(BootId.read().value())
          ? ProcessId.parse(words[0])
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      Logger.warn("{} cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /**
   * Writes the record; a failure is logged only, for the process runs and can be found by its
   * marker.
   */
  void write(ProcessId process) {
    try {
      String line = process + " " + BootId.read().value() + "\n";
      AtomicFile.write(file, line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      Logger.warn("{} cannot be written: {}", file, e.toString());
    }
  }

  /** Forgets the last process: no record is better than one that outlives its successor's start. */
  void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      Logger.warn("{} cannot be removed: {}", file, e.toString());
    }
  }
}
