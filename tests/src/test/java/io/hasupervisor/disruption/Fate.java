package io.hasupervisor.disruption;

/** How an action of a daemon's ends, beside what it finds. */
enum Fate {
  DONE,
  /** Refused: it was certainly not done. */
  REFUSED,
  /** Lost on its way: nobody knows, and it was not done. */
  LOST,
  /** Done, and the answer was lost. */
  UNANSWERED,
  /** Given up, and done by etcd a while later. */
  LATE,
  /** Answered with what was seen a while ago. */
  STALE
}
