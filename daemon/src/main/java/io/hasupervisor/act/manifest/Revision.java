package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import java.time.Instant;
import java.util.List;

/**
 * A stored set of manifests.
 *
 * @param number counts from 1
 * @param by who stored it
 * @param why in a few words
 */
public record Revision(int number, Instant at, String by, String why, List<Manifest> manifests) {
  public Revision {
    manifests = List.copyOf(manifests);
  }
}
