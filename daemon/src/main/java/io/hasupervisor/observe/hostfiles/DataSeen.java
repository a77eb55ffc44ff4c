package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Master;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * etcd's data directory, what it lies on, and what is remembered of it.
 *
 * @param member whether it holds {@code member/}: a member's data
 * @param deeper whether {@code data/member/} is below it instead, as the first templates had it
 * @param mounted whether the configured mount point is one; true where none is configured
 * @param storage empty where it cannot be told
 * @param memory of the state directory
 * @param guard of the directory above the data
 * @param damage why one of the two cannot be read
 */
public record DataSeen(
    EntrySeen entry,
    boolean member,
    boolean deeper,
    boolean mounted,
    Optional<Storage> storage,
    boolean readOnly,
    String inode,
    Optional<DataMark> memory,
    Optional<DataMark> guard,
    Optional<String> damage) {

  /** Looks once; never throws. */
  public static DataSeen look(Master master, Path stateDir, HostPaths paths) {
    Cluster.Etcd etcd = master.cluster().etcd();
    Path data = etcd.data();
    EntrySeen entry = EntrySeen.look(data);
    Path there = nearest(data);
    Path real = real(there);
    Optional<Mounts> mounts = mounts(paths);
    Optional<Mounts.Mount> on = mounts.flatMap(all -> all.over(real));
    boolean mounted =
        etcd.mount()
            .map(point -> mounts.flatMap(all -> all.at(real(point))).isPresent())
            .orElse(true);
    String inode = "";
    try {
      inode = entry.directory() ? Objects.toString(Files.getAttribute(data, "unix:ino")) : "";
    } catch (IOException e) {
      // Unknown, then.
    }
    Remembered remembered = Remembered.of(master, stateDir);
    return new DataSeen(
        entry,
        directory(data.resolve("member")),
        directory(data.resolve("data").resolve("member")),
        mounted,
        on.map(mount -> Storage.of(mount, paths.at("/dev/disk/by-uuid"))),
        on.map(Mounts.Mount::readOnly).orElse(false),
        inode,
        remembered.memory(),
        remembered.guard(),
        remembered.damage());
  }

  /** Both files, or why not. */
  private record Remembered(
      Optional<DataMark> memory, Optional<DataMark> guard, Optional<String> damage) {
    static Remembered of(Master master, Path stateDir) {
      Cluster.Etcd etcd = master.cluster().etcd();
      Optional<DataMark> memory = Optional.empty();
      try {
        memory = DataMark.read(DataMark.memory(stateDir));
        Path guard = DataMark.guard(etcd.data(), etcd.shared(), master.node().name());
        return new Remembered(memory, DataMark.read(guard), Optional.empty());
      } catch (IOException e) {
        return new Remembered(
            memory, Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
      }
    }
  }

  /** What is to be remembered of it as it is now. */
  public DataMark mark(String node) {
    return new DataMark(
        node,
        entry.path(),
        member,
        storage.map(Storage::identity).orElse(""),
        storage.map(Storage::device).orElse(""),
        storage.map(Storage::source).orElse(""),
        inode);
  }

  private static Optional<Mounts> mounts(HostPaths paths) {
    try {
      return Optional.of(Mounts.read(paths.at("/proc/self/mountinfo")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean directory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The directory itself, or the next one above that is there. */
  static Path nearest(Path path) {
    for (Path at = path; at.getParent() != null; at = at.getParent()) {
      if (Files.isDirectory(at)) {
        return at;
      }
    }
    return Path.of("/");
  }

  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.normalize();
    }
  }
}
