package io.hasupervisor.observe.hostfiles;

import java.nio.file.Path;

/**
 * Where a host keeps what no configuration names.
 *
 * @param root the root directory, another one in tests
 * @param owner user id that files of the system belong to
 */
public record HostPaths(Path root, long owner) {

  /** Those of this host: {@code /}, and root as the owner. */
  public static HostPaths ofThisHost() {
    return new HostPaths(Path.of("/"), 0);
  }

  /** The file at an absolute path of the host. */
  public Path at(String path) {
    return root.resolve(path.substring(1));
  }
}
