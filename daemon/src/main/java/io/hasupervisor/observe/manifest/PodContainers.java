package io.hasupervisor.observe.manifest;

import com.github.dockerjava.api.model.Container;
import io.hasupervisor.observe.DockerApi;
import io.hasupervisor.observe.TimeLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Which running container belongs to which pod of the kubelet's.
 *
 * @param pods names of pods, as the kubelet makes them, by the containers' ids
 */
public record PodContainers(Map<String, String> pods) {
  public PodContainers {
    pods = Map.copyOf(pods);
  }

  /** Asks docker; empty where it does not answer within {@code limit}. */
  public static Optional<PodContainers> look(Path socket, Duration limit)
      throws InterruptedException {
    try {
      return TimeLimit.within(limit, "docker-containers", () -> ask(socket));
    } catch (TimeoutException e) {
      return Optional.empty();
    }
  }

  private static Optional<PodContainers> ask(Path socket) {
    try {
      Map<String, String> pods = new HashMap<>();
      for (Container one : new DockerApi(socket).client().listContainersCmd().exec()) {
        RunningPods.name(one).ifPresent(name -> pods.put(one.getId(), name.pod()));
      }
      return Optional.of(new PodContainers(pods));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
