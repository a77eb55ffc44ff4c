package io.hasupervisor.loop;

import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.entry.EntryRound;

/**
 * What watching the way into the cluster needs of the world; may block, and is called from threads
 * that are interrupted.
 */
public interface EntryWorld extends AutoCloseable {

  /** Asks all; six seconds at most. That they are sick is an answer. */
  EntryRound look() throws InterruptedException;

  /** What the own apiserver says now of its being ready; two seconds at most. */
  ApiAnswer ready() throws InterruptedException;

  @Override
  void close();
}
