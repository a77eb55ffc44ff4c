package io.hasupervisor.monit;

import java.util.List;

/**
 * What became of monit's control files.
 *
 * @param text a file for {@code conf.d}; always the same for the same input
 * @param services how many services are in it
 * @param left what was not imported, or not wholly, in the order of the files
 */
public record Imported(String text, int services, List<Leftover> left) {
  public Imported {
    left = List.copyOf(left);
  }
}
