package io.hasupervisor.act.worker;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One pointing of this host's clients at a load balancer, as it is noted before anything is
 * changed.
 *
 * @param files in the order in which they are changed
 * @param services to be restarted for them
 */
record Join(Instant at, String apiserver, List<Changed> files, List<String> services) {
  Join {
    files = List.copyOf(files);
    services = List.copyOf(services);
  }

  /**
   * One file.
   *
   * @param kept name of the copy of the file as it was; empty where there was none
   * @param before SHA-256 of it in hexadecimal, likewise
   * @param after SHA-256 of the new content
   */
  record Changed(Path file, Optional<String> kept, Optional<String> before, String after) {}
}
