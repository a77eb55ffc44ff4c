package io.hasupervisor.act.manifest;

import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tinylog.Logger;

/**
 * The directory of all revisions: {@code rev-N/} and links to two of them. All but reading needs
 * the store's lock.
 */
record StoreFolder(Path path) {
  /** Revisions that are kept whether in use or not. */
  static final int KEPT = 10;

  private static final Pattern REVISION = Pattern.compile("rev-([1-9][0-9]{0,8})");
  private static final Pattern LEFTOVER_FOLDER = Pattern.compile("\\.rev-[0-9]+\\.(new|gone)");
  private static final Pattern LEFTOVER_LINK = Pattern.compile("\\.[a-z-]+\\.link");
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  /** Makes it where it is missing, for its owner only; refuses a link. */
  void prepare() throws IOException {
    Path parent = path.toAbsolutePath().resolveSibling(".").normalize();
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(OWNERS));
      try {
        Durable.createDirectory(path);
      } catch (FileAlreadyExistsException e) {
        Logger.debug("{} was made by another process meanwhile", path);
      }
      Durable.sync(parent);
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(path + " is not a directory; remove it or move it away");
    }
    if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(OWNERS)) {
      Files.setPosixFilePermissions(path, OWNERS);
    }
  }

  /** Removes what a writer left that did not come to its end. */
  void tidy() throws IOException {
    for (Path entry : Entries.of(path)) {
      String name = String.valueOf(entry.getFileName());
      try {
        RevisionFolder folder = new RevisionFolder(entry);
        if (LEFTOVER_FOLDER.matcher(name).matches() && folder.exists()) {
          folder.remove();
        } else if (LEFTOVER_LINK.matcher(name).matches() && Files.isSymbolicLink(entry)) {
          Files.deleteIfExists(entry);
        }
      } catch (IOException e) {
        Logger.warn("{} is left over and cannot be removed: {}", entry, Reason.of(e));
      }
    }
  }

  /** Numbers of all revisions, damaged ones too, ascending; none where nothing was ever stored. */
  List<Integer> numbers() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try {
      for (Path entry : Entries.of(path)) {
        number(String.valueOf(entry.getFileName())).ifPresent(numbers::add);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    Collections.sort(numbers);
    return numbers;
  }

  private static Optional<Integer> number(String name) {
    Matcher matcher = REVISION.matcher(name);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  private RevisionFolder revision(int number) {
    return new RevisionFolder(path.resolve("rev-" + number));
  }

  Optional<Revision> read(int number) throws IOException {
    RevisionFolder revision = revision(number);
    if (Files.notExists(revision.path(), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      if (!revision.exists()) {
        throw new IOException("it is not a directory");
      }
      return Optional.of(revision.read(number));
    } catch (IOException e) {
      // Another process may have removed it under the reader's hands.
      if (Files.notExists(revision.path(), LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      throw new IOException(
          "revision %d is damaged and cannot be used: in %s, %s"
              .formatted(number, revision.path(), Reason.of(e)),
          e);
    }
  }

  /** Adds a revision in one step. */
  void add(Revision revision) throws IOException {
    RevisionFolder written = new RevisionFolder(path.resolve(".rev-" + revision.number() + ".new"));
    try {
      written.write(revision);
      Durable.rename(written.path(), revision(revision.number()).path());
    } catch (IOException e) {
      discard(written);
      throw e;
    }
  }

  private static void discard(RevisionFolder written) {
    try {
      if (written.exists()) {
        written.remove();
      }
    } catch (IOException e) {
      Logger.warn("{} is left over: {}", written.path(), Reason.of(e));
    }
  }

  /** Removes old revisions but those {@code used}; what cannot be removed is tried again later. */
  void trim(Collection<Integer> used) throws IOException {
    List<Integer> numbers = numbers();
    for (int number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
      if (!used.contains(number)) {
        remove(number);
      }
    }
  }

  private void remove(int number) {
    try {
      if (revision(number).onlyOurs()) {
        RevisionFolder gone = new RevisionFolder(path.resolve(".rev-" + number + ".gone"));
        Durable.rename(revision(number).path(), gone.path());
        gone.remove();
      }
    } catch (IOException e) {
      Logger.warn("Old revision {} cannot be removed: {}", number, Reason.withFile(e));
    }
  }

  /** The revision a link names; empty where there is no link. */
  Optional<Integer> link(String name) throws IOException {
    Path link = path.resolve(name);
    if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Optional<Integer> number =
        Files.isSymbolicLink(link)
            ? number(Files.readSymbolicLink(link).toString())
            : Optional.empty();
    if (number.isEmpty()) {
      throw new IOException(link + " is not a link to a revision; move it away");
    }
    return number;
  }

  /** Makes a link name this revision, in one step. */
  void link(String name, int number) throws IOException {
    if (link(name).equals(Optional.of(number))) {
      return;
    }
    Path made = path.resolve("." + name + ".link");
    Files.createSymbolicLink(made, Path.of("rev-" + number));
    try {
      Durable.rename(made, path.resolve(name));
    } catch (IOException e) {
      Files.deleteIfExists(made);
      throw e;
    }
  }
}
