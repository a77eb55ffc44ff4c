package io.hasupervisor.decide;

/** Rungs of the kill ladder, in order. */
public enum KillStep {
  /** It is asked whether consent would be given; nothing is taken for it. */
  CONSENT,
  /** It would; evidence is captured. */
  CAPTURE,
  /** Evidence is safe; consent to act now is asked, on a master the other masters with it. */
  CONFIRM,
  /** Consent was given; the stop is ordered in this very step, or consent is asked again. */
  TERM,
  /** The init system was told to stop it; its patience runs. */
  TERM_SENT,
  /** The main process was sent KILL; the proof of its death is awaited. */
  KILL_SENT
}
