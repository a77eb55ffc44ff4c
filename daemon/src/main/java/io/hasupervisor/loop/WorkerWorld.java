package io.hasupervisor.loop;

import io.hasupervisor.observe.worker.WorkerRound;

/**
 * What watching a worker's way to the apiservers needs of the world; may block, and is called from
 * a thread that is interrupted.
 */
@FunctionalInterface
public interface WorkerWorld {

  /** Reads where the kubelet is pointed, and asks there; six seconds at most. */
  WorkerRound look() throws InterruptedException;
}
