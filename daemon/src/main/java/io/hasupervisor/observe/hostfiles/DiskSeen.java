package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.DiskRoom;
import io.hasupervisor.host.KernelLog.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The disk that etcd's data is on.
 *
 * @param usable bytes that may still be written; -1 where unknown, as is {@code total} then
 * @param freeInodes of {@code inodes}, which is 0 where there is no such limit
 * @param database bytes of the database file; 0 where there is none
 * @param errors of that disk, oldest first
 */
public record DiskSeen(
    long usable, long total, long freeInodes, long inodes, long database, List<Complaint> errors) {
  public DiskSeen {
    errors = List.copyOf(errors);
  }

  /** What the kernel said, and how long ago. */
  public record Complaint(Duration ago, String text) {}

  /** Looks once; never throws. */
  public static DiskSeen look(Master master, HostPaths paths, Kernel kernel) {
    Path data = master.cluster().etcd().data();
    Path there = DataSeen.nearest(data);
    DiskRoom room = DiskRoom.of(there).orElse(new DiskRoom(-1, -1, 0, 0));
    return new DiskSeen(
        room.usable(),
        room.total(),
        room.freeInodes(),
        room.inodes(),
        size(data.resolve("member/snap/db")),
        errors(DataSeen.real(there), paths, kernel));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  private static List<Complaint> errors(Path data, HostPaths paths, Kernel kernel) {
    List<Entry> entries = kernel.diskErrors().get();
    if (entries.isEmpty()) {
      return List.of();
    }
    Set<String> names = names(data, paths);
    Duration now = kernel.now().get();
    return entries.stream()
        .filter(entry -> names.stream().anyMatch(name -> says(entry.text(), name)))
        .map(entry -> new Complaint(now.minus(entry.at()), entry.text()))
        .toList();
  }

  private static Set<String> names(Path data, HostPaths paths) {
    try {
      return Mounts.read(paths.at("/proc/self/mountinfo"))
          .over(data)
          .map(mount -> BlockDevice.names(mount.source(), paths))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** As a word: {@code sda1} is not {@code sda}, nor is {@code sda10} {@code sda1}. */
  private static boolean says(String text, String name) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?!\\w)").matcher(text).find();
  }
}
