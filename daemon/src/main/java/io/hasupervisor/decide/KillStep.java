package io.hasupervisor.decide;

/** Rungs of the kill ladder, in order. */
public enum KillStep {
  /** Consent is asked. */
  CONSENT,
  /** Consent was given; evidence is captured. */
  CAPTURE,
  /** Evidence is safe; last look before the stop is ordered. */
  TERM,
  /** The init system was told to stop it; its patience runs. */
  TERM_SENT,
  /** The main process was sent KILL; the proof of its death is awaited. */
  KILL_SENT
}
