package io.hasupervisor.disruption;

/** What really happened to one master, whatever its daemon believes. */
final class Witness implements Cloneable {
  /** Whether its member does not serve because a daemon stopped it. */
  boolean stopped;

  /** Whether it was let act on a living voter and has not been well for long enough since. */
  boolean disturbed;

  /** Since when it has been well without a break; {@code -1} where it is not. */
  long wellSince = -1;

  /** When it was last seen well. */
  long lastWell = -1;

  /** When the evidence that its daemon saw last was gathered, in time of the world. */
  long looked = -1;

  /** When a linearizable read last told it of quorum, through another one too. */
  long proven = -1;

  /** When its lock was really taken. */
  long locked = Host.NEVER;

  /** When its living voter was last stopped by its daemon. */
  long lastStop = -1_000_000_000_000L;

  /** Whether it acted since it took the lock, and has not been well for long enough since. */
  boolean acted;

  /** All that a later judgement depends on. */
  void fingerprint(Fingerprint print) {
    print.add(stopped);
    print.add(disturbed);
    print.add(acted);
    print.add(wellSince);
    print.add(lastWell);
    print.add(looked);
    print.add(proven);
    print.add(locked);
    print.add(lastStop);
  }

  Witness copy() {
    try {
      return (Witness) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
