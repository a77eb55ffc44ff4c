package io.hasupervisor.assess.storage;

/** Metrics of earlier rounds, from which rates are made; replaced, never changed. */
public record SpeedHistory() {
  /** At the daemon's start. */
  public static SpeedHistory none() {
    return new SpeedHistory();
  }
}
