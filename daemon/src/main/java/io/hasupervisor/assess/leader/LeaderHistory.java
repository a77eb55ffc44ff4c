package io.hasupervisor.assess.leader;

/** What is remembered of one component's election from round to round. */
public record LeaderHistory() {

  /** Before the first round. */
  public static LeaderHistory none() {
    return new LeaderHistory();
  }
}
