package io.hasupervisor.host.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds the file that a command's first word stands for. */
final class Programs {
  private Programs() {}

  /** As execvp(3) finds it: a path as it is, a bare name along {@code path}. */
  static Optional<Path> search(String program, String path) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(Programs::executable);
    }
    return Arrays.stream(path.split(":", -1))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, program))
        .filter(Programs::executable)
        .findFirst();
  }

  /**
   * The same, where it must be there.
   *
   * @throws IOException naming the program and what is wrong with it
   */
  static Path find(String program, String path) throws IOException {
    Optional<Path> found = search(program, path);
    if (found.isPresent()) {
      return found.get();
    }
    boolean there = program.contains("/") && Files.exists(Path.of(program));
    throw new IOException(
        "program " + program + (there ? " is not an executable file" : " does not exist"));
  }

  private static boolean executable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
