package io.hasupervisor.monit;

import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Scalar;
import java.nio.file.Path;

/**
 * Where a statement begins.
 *
 * @param line from 1
 */
public record Origin(Path file, int line) {

  /** As {@code file:line}, fit for a comment. */
  @Override
  public String toString() {
    String name = file.toString();
    return (Scalar.writable(name) ? name : Quote.bare(name)) + ":" + line;
  }
}
