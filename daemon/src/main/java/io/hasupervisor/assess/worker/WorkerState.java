package io.hasupervisor.assess.worker;

/** Whether a worker's clients find an apiserver where they are pointed at. */
public enum WorkerState {
  /** It answers, be it that we may not ask. */
  REACHED,
  /** Twice in a row nothing answered there that is an apiserver and well. */
  UNREACHED,
  /** Not asked yet, or nobody knows where to ask. */
  UNKNOWN
}
