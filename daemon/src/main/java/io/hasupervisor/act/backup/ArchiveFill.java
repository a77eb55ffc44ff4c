package io.hasupervisor.act.backup;

import io.hasupervisor.act.archive.Tar;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Fills one archive with regular files; links are not followed, and what is too large, too much or
 * not readable is left out and named. For one thread.
 */
final class ArchiveFill {
  private static final int LARGEST = 1 << 20;
  private static final long ALL = 16L << 20;
  private static final int ENTRIES = 2000;
  private static final int DEPTH = 12;

  private final List<String> left = new ArrayList<>();
  private final Set<Path> done = new HashSet<>();
  private long bytes;

  /** Adds the files below {@code roots}, in the order of their names, and those {@code made}. */
  void into(Tar tar, List<Path> roots, Map<String, byte[]> made) throws IOException {
    for (Path root :
        roots.stream().map(Path::toAbsolutePath).map(Path::normalize).sorted().toList()) {
      add(tar, root, 0);
    }
    for (Map.Entry<String, byte[]> file : new TreeMap<>(made).entrySet()) {
      tar.file(file.getKey(), file.getValue());
    }
  }

  /** What was left out, and why. */
  List<String> left() {
    return left;
  }

  private void add(Tar tar, Path path, int depth) throws IOException {
    BasicFileAttributes seen;
    try {
      seen = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!done.add(path)) {
      return;
    }
    String name = path.toString().substring(1);
    if (seen.isDirectory()) {
      directory(tar, path, depth);
    } else if (!seen.isRegularFile()) {
      left.add(path + ": not a regular file");
    } else if (!Tar.holds(name)) {
      left.add(path + ": its path is too long");
    } else if (done.size() > ENTRIES || bytes + seen.size() > ALL) {
      left.add(path + ": the archive has its most of 2000 files or 16 MiB");
    } else {
      byte[] content;
      try {
        content = WholeFile.read(path, LARGEST);
      } catch (IOException e) {
        left.add(path + ": " + Reason.of(e));
        return;
      }
      bytes += content.length;
      tar.file(name, content, seen.lastModifiedTime().toInstant());
    }
  }

  private void directory(Tar tar, Path path, int depth) throws IOException {
    if (depth >= DEPTH || done.size() > ENTRIES) {
      left.add(path + ": too deep, or too many files");
      return;
    }
    List<Path> entries;
    try {
      entries = Entries.of(path);
    } catch (IOException e) {
      left.add(path + ": " + Reason.of(e));
      return;
    }
    for (Path entry : entries) {
      add(tar, entry, depth + 1);
    }
  }
}
