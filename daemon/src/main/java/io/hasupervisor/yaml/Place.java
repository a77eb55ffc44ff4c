package io.hasupervisor.yaml;

import java.nio.file.Path;

/** A point in a file; line and column count from 1, and are 0 where the whole file is meant. */
public record Place(Path file, int line, int column) {
  private static final Path BUILT_IN = Path.of("(built in)");

  /** Of the defaults that nobody wrote. */
  public static Place builtIn() {
    return new Place(BUILT_IN, 0, 0);
  }

  public static Place wholeFile(Path file) {
    return new Place(file, 0, 0);
  }

  /** Whether somebody wrote it: only then can he be sent there. */
  public boolean written() {
    return !file.equals(BUILT_IN);
  }
}
