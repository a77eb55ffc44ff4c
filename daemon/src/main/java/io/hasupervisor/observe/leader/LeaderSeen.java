package io.hasupervisor.observe.leader;

/**
 * What was read of one component's election.
 *
 * @param component {@code kube-scheduler} or {@code kube-controller-manager}
 */
public record LeaderSeen(String component, Reading reading) {

  /** What came of it; {@code why} is part of a sentence. */
  public sealed interface Reading {
    record Got(LeaderRecord record) implements Reading {}

    /** There is none: nobody was ever elected. */
    record Absent() implements Reading {}

    /** There is one, with something missing or of another form. */
    record Malformed(String why) implements Reading {}

    /** It may not be read with what this host has: 401, 403. */
    record Denied(String why) implements Reading {}

    /** The apiserver did not answer, or what is needed to ask it cannot be used. */
    record Unknown(String why) implements Reading {}
  }
}
