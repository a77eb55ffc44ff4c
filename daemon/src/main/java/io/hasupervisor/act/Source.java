package io.hasupervisor.act;

import java.io.IOException;
import java.util.Map;

/** One place where evidence is found. */
@FunctionalInterface
interface Source {

  /**
   * What was found.
   *
   * @param files content by file name
   * @param note a few words on how it went
   */
  record Found(Map<String, byte[]> files, String note) {
    static Found nothing(String why) {
      return new Found(Map.of(), why);
    }

    static Found file(String name, byte[] content, String note) {
      return new Found(Map.of(name, content), note);
    }
  }

  /** Looks, until {@code deadline}; what was found by then is better than nothing. */
  Found collect(Deadline deadline) throws IOException, InterruptedException;
}
