package io.hasupervisor.yaml;

import java.nio.file.Path;

/**
 * One thing that is wrong with the configuration.
 *
 * @param line from 1; 0 where the whole file is meant
 * @param column from 1, in characters; 0 where the whole file is meant
 * @param path the key's path, such as {@code services.docker.probes.ping.period}; may be empty
 */
public record Problem(Path file, int line, int column, String path, String message) {

  /** {@code file:line:column: path: message}, in one line. */
  @Override
  public String toString() {
    String where = line == 0 ? file.toString() : file + ":" + line + ":" + column;
    return where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
