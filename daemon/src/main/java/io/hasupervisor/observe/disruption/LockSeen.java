package io.hasupervisor.observe.disruption;

/** What was read of the lock, with the revision by which it can be compared and set. */
@SuppressWarnings("AvoidCommonTypeNames")
public sealed interface LockSeen {

  /** The key's revision of modification; 0 where it is not there. */
  long revision();

  /** It was understood; an absent key is an empty document of revision 0. */
  record Readable(LockDocument document, long revision) implements LockSeen {}

  /**
   * Somebody wrote what is no document of ours, or a newer version did: it counts as held, and is
   * never overwritten but by an operator's {@code lock break}.
   */
  record Unreadable(String why, boolean newer, long revision) implements LockSeen {}
}
