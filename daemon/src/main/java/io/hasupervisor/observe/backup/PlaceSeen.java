package io.hasupervisor.observe.backup;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where backups are to lie: the directory, or where it is not there yet, what it would lie in.
 *
 * @param user who we are
 * @param way each directory from the root to the deepest that is there
 * @param device of the deepest one, {@code dataDevice} of etcd's data; empty where it is not there
 * @param inside the kubelet's manifest directory or etcd's data, where it lies in one of them
 * @param problem why it could not be looked at
 */
public record PlaceSeen(
    Path directory,
    long user,
    List<Step> way,
    Optional<Long> device,
    Optional<Long> dataDevice,
    Optional<Path> inside,
    Optional<String> problem) {
  private static final int STICKY = 01000;
  private static final int OTHERS_WRITE = 0022;

  public PlaceSeen {
    way = List.copyOf(way);
  }

  /**
   * One directory of the way.
   *
   * @param mode permission bits
   */
  public record Step(Path path, boolean link, boolean directory, long owner, int mode) {

    /** Whether somebody else could put another directory in the place of the next. */
    public boolean openToOthers() {
      return (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
    }
  }

  /** Looks; makes nothing. */
  public static PlaceSeen look(Master master) {
    Path directory = master.backup().directory().toAbsolutePath().normalize();
    Path data = master.cluster().etcd().data();
    Path manifests = master.manifests().directory();
    List<Step> way = new ArrayList<>();
    Optional<String> problem = Optional.empty();
    try {
      way = way(directory);
    } catch (IOException e) {
      problem = Optional.of(Reason.withFile(e));
    }
    return new PlaceSeen(
        directory,
        Identity.user(),
        way,
        way.isEmpty() ? Optional.empty() : device(way.getLast().path()),
        device(data),
        List.of(manifests, data).stream()
            .filter(other -> directory.startsWith(other.toAbsolutePath().normalize()))
            .findFirst(),
        problem);
  }

  private static List<Step> way(Path directory) throws IOException {
    List<Step> way = new ArrayList<>();
    Path at = directory.getRoot();
    way.add(step(at));
    for (Path name : directory) {
      at = at.resolve(name);
      if (Files.notExists(at, LinkOption.NOFOLLOW_LINKS)) {
        break;
      }
      way.add(step(at));
      if (!way.getLast().directory()) {
        break;
      }
    }
    return way;
  }

  private static Step step(Path path) throws IOException {
    Map<String, Object> seen =
        Files.readAttributes(
            path, "unix:mode,uid,isSymbolicLink,isDirectory", LinkOption.NOFOLLOW_LINKS);
    return new Step(
        path,
        Boolean.TRUE.equals(seen.get("isSymbolicLink")),
        Boolean.TRUE.equals(seen.get("isDirectory")),
        number(seen, "uid"),
        (int) number(seen, "mode") & 07777);
  }

  private static long number(Map<String, Object> seen, String name) {
    return seen.get(name) instanceof Number number ? number.longValue() : -1;
  }

  private static Optional<Long> device(Path path) {
    try {
      return Optional.of(((Number) Files.getAttribute(path, "unix:dev")).longValue());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the backups would be lost together with what they are of. */
  public boolean onDataDevice() {
    return device.isPresent() && device.equals(dataDevice);
  }
}
