package io.hasupervisor.monit;

import io.hasupervisor.yaml.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files of a host, as monit's include sees them. */
public interface ControlFiles {

  /** The text of one; empty after a problem was told. */
  Optional<String> text(Path file, Problems problems);

  /** What an absolute name or glob(7) pattern matches, sorted; empty where nothing does. */
  List<Path> matching(String pattern);

  boolean isDirectory(Path path);
}
