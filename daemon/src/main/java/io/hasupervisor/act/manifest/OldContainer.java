package io.hasupervisor.act.manifest;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.DockerApi;
import java.nio.file.Path;
import java.time.Duration;

/** Stops a container that the kubelet has left behind, by its exact id and never by a name. */
public final class OldContainer {
  /** Between TERM and docker's own KILL, as a pod's grace. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path socket;
  private final DockerApi docker;

  /** At docker's {@code socket}; nothing is connected yet. */
  public OldContainer(Path socket) {
    this.socket = socket;
    this.docker = new DockerApi(socket);
  }

  /** Stops it; one that has ended or gone already is done. Blocks, and ends when interrupted. */
  public Outcome stop(String id) {
    try {
      docker.client().stopContainerCmd(id).withTimeout((int) PATIENCE.toSeconds()).exec();
      return new Outcome.Done();
    } catch (NotFoundException | NotModifiedException e) {
      return new Outcome.Done();
    } catch (RuntimeException e) {
      String doing = "asking docker at " + socket + " to stop container " + id;
      return switch (docker.failed(e, doing, PATIENCE)) {
        case CheckResult.Failed failed -> new Outcome.Failed(failed.detail());
        case CheckResult.Inconclusive inconclusive -> new Outcome.Uncertain(inconclusive.why());
        case CheckResult.Passed _ -> new Outcome.Done();
      };
    }
  }
}
