package io.hasupervisor.observe.hostfiles;

import io.hasupervisor.observe.hostfiles.Mounts.Mount;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a directory's bytes lie on.
 *
 * @param identity the same after a restart of the host, where device numbers may have changed: the
 *     file system's UUID, else type and source where there is no device, else the device number
 * @param source for people: {@code /dev/sdb1}, {@code server:/export}
 */
public record Storage(String identity, String device, String source) {

  /** That of a mount; {@code byUuid} is {@code /dev/disk/by-uuid}. */
  public static Storage of(Mount mount, Path byUuid) {
    String base =
        uuid(mount.source(), byUuid)
            .map(uuid -> "uuid " + uuid)
            .orElse(
                mount.device().startsWith("0:")
                    ? mount.type() + " " + mount.source()
                    : "device " + mount.device());
    String part = mount.root().equals("/") ? "" : " " + mount.root();
    return new Storage(base + part, mount.device(), mount.source());
  }

  private static Optional<String> uuid(String source, Path byUuid) {
    if (!source.startsWith("/")) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(byUuid)) {
      Path device = Path.of(source).toRealPath();
      for (Path link : links) {
        if (link.toRealPath().equals(device)) {
          return Optional.of(link.getFileName().toString());
        }
      }
    } catch (IOException e) {
      // Without udev the number must do.
    }
    return Optional.empty();
  }
}
