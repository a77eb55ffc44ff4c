package io.hasupervisor.loop;

import io.hasupervisor.decide.Action;
import io.hasupervisor.decide.Because;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.util.Optional;

/**
 * What ties one service to the outside world: eyes, probes and hands, each in threads of their own.
 */
public interface Attachment extends AutoCloseable {

  /** Begins to look and to probe. */
  void start();

  /** Looks at the run state soon. */
  void look();

  /**
   * Probes at once and from then on.
   *
   * @param hurryFor how long a probe that has not passed yet is asked each second, so that the end
   *     of a start is seen soon; not beyond the grace in which failures do not count
   */
  void probe(Duration hurryFor);

  /**
   * Probes no more. What is dead is not probed: a connection to docker's socket would make systemd
   * start docker, also while an operator wants it down.
   */
  void stopProbing();

  /** Carries out one action and then reports its outcome, once. Returns at once. */
  void carryOut(Action action, Circumstances circumstances);

  /**
   * What is kept with the evidence of an action.
   *
   * @param life the life seen last
   * @param why one sentence
   * @param probes what the probes found lately, one line each
   */
  record Circumstances(Optional<Incarnation> life, Because because, String why, String probes) {}

  /** Ends all threads; the service itself is left alone. */
  @Override
  void close();
}
