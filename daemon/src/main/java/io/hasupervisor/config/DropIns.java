package io.hasupervisor.config;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.TrustedFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The directory {@code conf.d} beside the main file. */
record DropIns(Path main, long uid, Problems problems) {
  private static final int MOST = 200;

  /** Its {@code *.yaml}, sorted by name; none where there is no such directory. */
  List<Path> list() {
    Path directory = main.resolveSibling("conf.d");
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)
        || !new TrustedFile(directory, uid, problems).trustedDirectory()) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> sort(entry, found));
    } catch (IOException | DirectoryIteratorException e) {
      reject(directory, "cannot be read: " + TrustedFile.reason(e));
    }
    if (found.size() > MOST) {
      reject(directory, "holds more than " + MOST + " files");
      return List.of();
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }

  /** Backups of editors and of dpkg are no part; a {@code .yml} was meant to be one. */
  private void sort(Path entry, List<Path> found) {
    String name = String.valueOf(entry.getFileName());
    if (name.startsWith(".")) {
      return;
    }
    if (name.endsWith(".yaml")) {
      found.add(entry);
    } else if (name.endsWith(".yml")) {
      reject(entry, "is not read: name it *.yaml");
    }
  }

  private void reject(Path path, String message) {
    problems.add(Place.wholeFile(path), "", message);
  }
}
