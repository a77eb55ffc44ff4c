package io.hasupervisor.observe.hostfiles;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files of a unit of systemd: itself and its drop-ins. */
public final class UnitFiles {
  private static final List<String> DIRECTORIES =
      List.of(
          "/etc/systemd/system",
          "/run/systemd/system",
          "/usr/local/lib/systemd/system",
          "/usr/lib/systemd/system",
          "/lib/systemd/system");

  private UnitFiles() {}

  /**
   * Those that count: a file in /etc covers one of the same name in /usr/lib (systemd.unit(5)).
   *
   * @param service without {@code .service}
   */
  public static Set<Path> of(HostPaths paths, String service) {
    Map<String, Path> dropIns = new TreeMap<>();
    Set<Path> units = new LinkedHashSet<>();
    for (String directory : DIRECTORIES) {
      Path unit = paths.at(directory + "/" + service + ".service");
      if (units.isEmpty() && Files.isRegularFile(unit)) {
        units.add(unit);
      }
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(paths.at(directory + "/" + service + ".service.d"), "*.conf")) {
        files.forEach(file -> dropIns.putIfAbsent(file.getFileName().toString(), file));
      } catch (IOException e) {
        // No such directory.
      }
    }
    units.addAll(dropIns.values());
    return units;
  }
}
