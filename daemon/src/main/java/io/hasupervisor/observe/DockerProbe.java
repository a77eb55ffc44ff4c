package io.hasupervisor.observe;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Passed;
import java.time.Duration;

/**
 * Whether dockerd says what it is and lists its containers: a hung one often still answers its
 * ping.
 */
final class DockerProbe implements Probe {
  private final ProbeTarget.Docker target;
  private final DockerApi api;

  DockerProbe(ProbeTarget.Docker target) {
    this.target = target;
    this.api = new DockerApi(target.socket());
  }

  @Override
  public CheckResult check(Duration deadline) {
    long begun = System.nanoTime();
    String doing = "asking docker at " + target.socket() + " for info";
    try {
      DockerClient docker = api.client();
      Info info = docker.infoCmd().exec();
      doing = "asking docker at " + target.socket() + " for a list of containers";
      docker.listContainersCmd().withLimit(1).exec();
      String version = info.getServerVersion();
      return version == null
          ? new Failed(Symptom.BAD_BODY, "the info does not name docker's version")
          : new Passed(
              Duration.ofNanos(System.nanoTime() - begun),
              "docker "
                  + Excerpt.of(version)
                  + ", containers running: "
                  + info.getContainersRunning());
    } catch (RuntimeException e) {
      return api.failed(e, doing, deadline);
    }
  }
}
