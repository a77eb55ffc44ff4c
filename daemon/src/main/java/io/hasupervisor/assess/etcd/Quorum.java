package io.hasupervisor.assess.etcd;

/**
 * How many voters are needed, and how many may be lost (control-plane 3.1.1). Learners are no
 * voters; members that were added and never ran are.
 *
 * @param voters all of the member list, well or not
 */
public record Quorum(int voters) {

  /** Voters without which nothing is agreed on. */
  public int needed() {
    return voters / 2 + 1;
  }

  /** Voters that may stop where all are well. */
  public int tolerance() {
    return Math.max(0, voters - needed());
  }

  /** Voters that may stop now, keeping quorum, where so many serve. */
  public int spare(int serving) {
    return Math.max(0, serving - needed());
  }

  /** Stopped voters from which on quorum is gone. */
  int fatal() {
    return voters - needed() + 1;
  }
}
