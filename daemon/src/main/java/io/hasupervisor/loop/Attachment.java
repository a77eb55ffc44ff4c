package io.hasupervisor.loop;

import io.hasupervisor.decide.Action;

/** What ties one service to the outside world: eyes, probes and hands, each in threads of their own. */
public interface Attachment extends AutoCloseable {

  /** Begins to look and to probe. */
  void start();

  /** Looks at the run state soon. */
  void look();

  /** Probes soon: a new life has begun. */
  void probe();

  /**
   * Carries out one action and then reports its outcome, once. Returns at once.
   *
   * @param why the sentence shown to people, kept with the evidence
   * @param probes what the probes found lately, one line each
   */
  void carryOut(Action action, String why, String probes);

  /** Ends all threads; the service itself is left alone. */
  @Override
  void close();
}
