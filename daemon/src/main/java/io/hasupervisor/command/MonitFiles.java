package io.hasupervisor.command;

import io.hasupervisor.monit.ControlFiles;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.TrustedFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * monit's control files on this host. What they name will run as root, hence only those that none
 * but root can write are read by root.
 */
final class MonitFiles implements ControlFiles {
  private static final Pattern WILD = Pattern.compile("[*?\\[]");

  private final long uid;

  MonitFiles(long uid) {
    this.uid = uid;
  }

  @Override
  public Optional<String> text(Path file, Problems problems) {
    return new TrustedFile(file, uid, problems).read();
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public List<Path> matching(String pattern) {
    List<Path> found = List.of(Path.of("/"));
    for (Path part : Path.of(pattern)) {
      found = found.stream().flatMap(it -> in(it, part.toString()).stream()).toList();
    }
    return found.stream().sorted(Comparator.comparing(Path::toString)).toList();
  }

  private static List<Path> in(Path directory, String name) {
    if (!WILD.matcher(name).find()) {
      Path path = directory.resolve(name);
      return Files.exists(path) ? List.of(path) : List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob(name))) {
      for (Path entry : entries) {
        boolean hidden = entry.getFileName().toString().startsWith(".");
        if (!hidden || name.startsWith(".")) {
          found.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // monit takes what it cannot list for empty; the statement is told as matching nothing.
      return List.of();
    }
    return found;
  }

  /** Of glob(7), which knows no braces, to that of Java. */
  private static String glob(String pattern) {
    return pattern.replaceAll("([{}])", "\\\\$1").replace("[^", "[!");
  }
}
