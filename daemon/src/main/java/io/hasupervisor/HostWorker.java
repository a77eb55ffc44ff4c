package io.hasupervisor;

import io.hasupervisor.assess.worker.Pointer;
import io.hasupervisor.cluster.Worker;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.WorkerWorld;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.worker.ApiserverAsk;
import io.hasupervisor.observe.worker.ClientSeen;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.observe.worker.WorkerRound;
import java.util.Optional;

/** A worker's way to the apiservers: part of the wiring. */
record HostWorker(Worker worker, HostPaths paths, Clock clock) implements WorkerWorld {

  @Override
  public WorkerRound look() throws InterruptedException {
    ClientSeen kubelet = ClientSeen.kubelet(paths);
    ApiserverAsk ask = ApiserverAsk.as(kubelet, paths, worker.ca());
    Optional<ServerUrl> url = Pointer.of(kubelet).url();
    ApiAnswer answer =
        url.isPresent()
            ? ask.ask(url.get())
            : new ApiAnswer.NotAsked("what the kubelet is pointed at is no URL");
    return new WorkerRound(kubelet, answer, ask.client(), clock.wall());
  }
}
