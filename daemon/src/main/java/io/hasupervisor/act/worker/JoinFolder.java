package io.hasupervisor.act.worker;

import io.hasupervisor.act.manifest.Relabel;
import io.hasupervisor.act.worker.Join.Changed;
import io.hasupervisor.decide.worker.FileEdit;
import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import io.hasupervisor.observe.hostfiles.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code worker/} of the state directory: what is being changed, and how it was before. It is
 * written before the first file is touched, so that whoever comes after a kill -9 can put all back.
 * At every moment each file is the old or the new one, whole.
 */
public final class JoinFolder {
  /** What is under way. */
  static final String UNDER_WAY = "join.json";

  /** The last one that came to its end. */
  static final String LAST = "last-join.json";

  private static final String LOCK = "lock";
  private static final int LIMIT = 1 << 20;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Steps steps;

  /** A seam for tests: told of each step that is on the disk. */
  @FunctionalInterface
  interface Steps {
    void done(String step);
  }

  /** Nothing is read or made yet. */
  public JoinFolder(Path stateDir) {
    this(stateDir, _ -> {});
  }

  JoinFolder(Path stateDir, Steps steps) {
    this.folder = stateDir.resolve("worker");
    this.steps = steps;
  }

  /**
   * One joins at a time.
   *
   * @throws ProcessLock.Held while another does
   */
  public ProcessLock lock() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder.resolveSibling("."));
      Durable.createDirectory(folder);
      Durable.sync(folder.resolveSibling(".").normalize());
    }
    return ProcessLock.take(folder.resolve(LOCK), Duration.ZERO);
  }

  /** Where it is noted what is under way, or came to its end last. */
  private Path note() {
    Path note = folder.resolve(UNDER_WAY);
    return Files.exists(note, LinkOption.NOFOLLOW_LINKS) ? note : folder.resolve(LAST);
  }

  /** Whether something was begun and did not come to its end. */
  public boolean brokenOff() {
    return Files.exists(folder.resolve(UNDER_WAY), LinkOption.NOFOLLOW_LINKS);
  }

  /** What was begun and did not come to its end. */
  Optional<Join> underWay() throws IOException {
    return read(UNDER_WAY);
  }

  /** What last came to its end, and was not taken back. */
  Optional<Join> last() throws IOException {
    return read(LAST);
  }

  private Optional<Join> read(String name) throws IOException {
    try {
      return Optional.of(JoinJson.decode(WholeFile.read(folder.resolve(name), LIMIT)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException(
          "%s cannot be read (%s): look at the files kept beside it, and remove it"
              .formatted(folder.resolve(name), Reason.of(e)),
          e);
    }
  }

  /**
   * Keeps the files as they are, and notes what is to be changed; nothing is changed yet.
   *
   * @throws IOException also when a file is no longer what was read
   */
  Join begin(String apiserver, List<FileEdit> edits, List<String> services, Instant now)
      throws IOException {
    List<Changed> files = new ArrayList<>();
    for (FileEdit edit : edits) {
      unchanged(edit);
      Optional<String> kept = Optional.empty();
      if (edit.before().isPresent()) {
        String name =
            edit.file().toString().substring(1).replace('/', '-') + "." + STAMP.format(now);
        AtomicFile.write(folder.resolve(name), bytes(edit.before().get()));
        kept = Optional.of(name);
        steps.done("kept " + edit.file().getFileName());
      }
      files.add(
          new Changed(
              edit.file(),
              kept,
              edit.before().map(JoinFolder::bytes).map(JoinFolder::sha256),
              sha256(bytes(edit.after()))));
    }
    Join join = new Join(now, apiserver, files, services);
    AtomicFile.write(folder.resolve(UNDER_WAY), JoinJson.encode(join));
    steps.done("noted");
    return join;
  }

  /** Changes them, each whole or not at all. */
  void write(List<FileEdit> edits) throws IOException {
    for (FileEdit edit : edits) {
      unchanged(edit);
      if (edit.before().isPresent()) {
        AtomicFile.replace(edit.file(), bytes(edit.after()));
      } else {
        Path directory = edit.file().toAbsolutePath().resolveSibling(".").normalize();
        if (!Files.isDirectory(directory)) {
          Files.createDirectory(directory);
          Durable.sync(directory.resolveSibling(".").normalize());
        }
        AtomicFile.write(edit.file(), bytes(edit.after()));
      }
      Relabel.HOST.apply(edit.file());
      steps.done("written " + edit.file().getFileName());
    }
  }

  private static void unchanged(FileEdit edit) throws IOException {
    if (!SmallFile.present(edit.file()).equals(edit.before())) {
      throw new IOException(edit.file() + " has changed meanwhile: look again");
    }
  }

  /** What was begun has come to its end. */
  void finish() throws IOException {
    Durable.rename(folder.resolve(UNDER_WAY), folder.resolve(LAST));
    steps.done("finished");
    sweep();
  }

  /**
   * Puts the files back, those changed last first; what is as it was before stays.
   *
   * @return those that were put back
   * @throws IOException where one is neither as before nor as after: it is left, as those before it
   */
  List<Path> undo(Join join) throws IOException {
    List<Path> back = new ArrayList<>();
    for (Changed changed : join.files().reversed()) {
      Optional<String> now =
          SmallFile.present(changed.file()).map(JoinFolder::bytes).map(JoinFolder::sha256);
      if (now.equals(Optional.of(changed.after()))) {
        back(changed);
        back.add(changed.file());
        steps.done("put back " + changed.file().getFileName());
      } else if (now.equals(changed.before())) {
        AtomicFile.tidy(changed.file());
      } else {
        throw new IOException(
            "%s was changed by somebody since %s, and is left; as it was before, it is kept in %s; once it is as it should be: rm %s"
                .formatted(
                    changed.file(),
                    join.at(),
                    changed.kept().map(name -> folder.resolve(name).toString()).orElse("none"),
                    note()));
      }
    }
    return back;
  }

  private void back(Changed changed) throws IOException {
    if (changed.kept().isEmpty()) {
      Files.delete(changed.file());
      Durable.sync(changed.file().toAbsolutePath().resolveSibling(".").normalize());
      return;
    }
    Path kept = folder.resolve(changed.kept().get());
    byte[] content;
    try {
      content = WholeFile.read(kept, LIMIT);
    } catch (IOException e) {
      throw new IOException(kept + " cannot be read: " + Reason.of(e), e);
    }
    if (!changed.before().equals(Optional.of(sha256(content)))) {
      throw new IOException(kept + " is damaged: " + changed.file() + " is left as it is");
    }
    AtomicFile.replace(changed.file(), content);
    Relabel.HOST.apply(changed.file());
  }

  /** What was under way, or came to its end last, has been taken back. */
  void forget() throws IOException {
    Files.deleteIfExists(note());
    Durable.sync(folder);
    steps.done("forgotten");
    sweep();
  }

  /** Kept files may hold keys: those that nobody can want any more go. */
  private void sweep() throws IOException {
    Set<String> wanted = new HashSet<>(List.of(UNDER_WAY, LAST, LOCK));
    for (Optional<Join> join : List.of(underWay(), last())) {
      join.stream()
          .flatMap(it -> it.files().stream())
          .flatMap(it -> it.kept().stream())
          .forEach(wanted::add);
    }
    for (Path entry : Entries.of(folder)) {
      if (!wanted.contains(entry.getFileName().toString())) {
        Files.deleteIfExists(entry);
      }
    }
  }

  private static byte[] bytes(String characters) {
    return characters.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
