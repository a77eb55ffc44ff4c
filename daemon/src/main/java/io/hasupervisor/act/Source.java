package io.hasupervisor.act;

import java.io.IOException;

/** One place where evidence is found. */
@FunctionalInterface
interface Source {

  /**
   * Adds what there is until {@code deadline}, piece by piece: what came by then is better than
   * nothing.
   *
   * @return a few words on how it went
   */
  String collect(IncidentFolder into, Deadline deadline) throws IOException, InterruptedException;
}
