package io.hasupervisor.observe.manifest;

import io.hasupervisor.host.WholeFile;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Another tool that keeps the manifests of a directory. It would undo what is placed there, or ours
 * would undo its upgrades: such a directory is only observed.
 *
 * @param tool its name
 * @param why by what it was recognised, continuing {@code belongs to <tool>: }
 */
public record DirectoryOwner(String tool, String why) {
  private static final int OS_RELEASE_LIMIT = 1 << 16;

  /**
   * The tool whose directory this is.
   *
   * @param root of the host's file system, {@code /}
   */
  static Optional<DirectoryOwner> of(Path directory, List<FileSeen> files, Path root) {
    Path path = directory.toAbsolutePath().normalize();
    if (path.startsWith(root.resolve("var/lib/rancher"))) {
      return found(path.startsWith(root.resolve("var/lib/rancher/k3s")) ? "k3s" : "RKE2", path);
    }
    if (Files.isDirectory(path.resolveSibling("static-pod-resources"))) {
      return found("OpenShift", path.resolveSibling("static-pod-resources"));
    }
    if (talos(root.resolve("etc/os-release"))) {
      return found("Talos", root.resolve("etc/os-release"));
    }
    return files.stream()
        .filter(FileSeen::kubeadm)
        .findFirst()
        .map(file -> new DirectoryOwner("kubeadm", file.name() + " has an annotation of kubeadm"));
  }

  private static Optional<DirectoryOwner> found(String tool, Path by) {
    return Optional.of(new DirectoryOwner(tool, "there is " + by));
  }

  private static boolean talos(Path release) {
    try {
      return new String(
              WholeFile.read(release.toRealPath(), OS_RELEASE_LIMIT), StandardCharsets.UTF_8)
          .lines()
          .anyMatch(line -> line.replace("\"", "").equals("ID=talos"));
    } catch (IOException e) {
      return false;
    }
  }
}
