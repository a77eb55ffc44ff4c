package io.hasupervisor;

import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.WorkerWorld;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.WorkerRound;
import java.util.Optional;

/** A worker's way to the apiservers: part of the wiring. */
final class HostWorker implements WorkerWorld {
  private final HostPaths paths;
  private final Clock clock;

  HostWorker(HostPaths paths, Clock clock) {
    this.paths = paths;
    this.clock = clock;
  }

  @Override
  public WorkerRound look() throws InterruptedException {
    ClientSeen kubelet = ClientSeen.kubelet(paths);
    return new WorkerRound(
        kubelet, new ApiAnswer.NotAsked("nobody was asked"), Optional.empty(), clock.wall());
  }
}
