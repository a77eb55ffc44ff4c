package io.hasupervisor.assess.etcd;

import java.time.Duration;
import java.util.Optional;

/** What is remembered from round to round; replaced, never changed. */
public record EtcdHistory(Duration started, Optional<EtcdMaxima> maxima) {

  /**
   * At the daemon's start.
   *
   * @param started monotonic time
   * @param remembered of earlier lives
   */
  public static EtcdHistory at(Duration started, Optional<EtcdMaxima> remembered) {
    return new EtcdHistory(started, remembered);
  }
}
