package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdRound;

/** Judges etcd after a round. */
public final class EtcdAssessor {
  private EtcdAssessor() {}

  /** What is thought now, and what is to be remembered for the next round. */
  public record Judgement(EtcdHistory next, EtcdView view) {}

  /** Pure; all times come from the round. */
  public static Judgement assess(EtcdHistory before, EtcdRound round) {
    throw new UnsupportedOperationException();
  }
}
