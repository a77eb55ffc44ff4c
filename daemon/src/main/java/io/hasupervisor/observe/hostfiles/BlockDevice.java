package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.host.Entries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The names by which the kernel speaks of the disk below a file system. */
final class BlockDevice {
  private static final int DEEPEST = 4;

  private BlockDevice() {}

  /**
   * Such as {@code sda1} and {@code sda}; for a logical volume {@code dm-0} and what it lies on.
   * What lies below a RAID or several paths is left out: one of them may fail. Empty for a network
   * file system.
   *
   * @param source of the mount
   */
  static Set<String> names(String source, HostPaths paths) {
    Set<String> names = new TreeSet<>();
    if (source.startsWith("/dev/")) {
      name(Path.of(source)).ifPresent(name -> add(name, paths.at("/sys/class/block"), names, 0));
    }
    return names;
  }

  private static Optional<String> name(Path source) {
    try {
      return Optional.of(source.toRealPath().getFileName().toString());
    } catch (IOException e) {
      return Optional.of(source.getFileName().toString());
    }
  }

  private static void add(String name, Path all, Set<String> names, int depth) {
    if (depth > DEEPEST || !names.add(name)) {
      return;
    }
    Path device = all.resolve(name);
    try {
      if (Files.exists(device.resolve("partition"))) {
        add(disk(device), all, names, depth + 1);
      } else if (logicalVolume(device)) {
        for (Path slave : Entries.of(device.resolve("slaves"))) {
          add(slave.getFileName().toString(), all, names, depth + 1);
        }
      }
    } catch (IOException e) {
      // Then by these names alone.
    }
  }

  /** sysfs has a partition in the directory of its disk. */
  private static String disk(Path partition) throws IOException {
    Path real = partition.toRealPath();
    return real.getName(real.getNameCount() - 2).toString();
  }

  private static boolean logicalVolume(Path device) throws IOException {
    Path uuid = device.resolve("dm/uuid");
    return Files.exists(uuid) && !Files.readString(uuid).startsWith("mpath-");
  }
}
