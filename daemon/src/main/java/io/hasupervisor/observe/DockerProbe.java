package io.hasupervisor.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import io.hasupervisor.observe.CheckResult.Failed;
import io.hasupervisor.observe.CheckResult.Passed;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether dockerd says what it is and lists its containers: a hung one often still answers its
 * ping.
 */
final class DockerProbe implements Probe {
  private final ProbeTarget.Docker target;
  private volatile Optional<DockerClient> client = Optional.empty();

  DockerProbe(ProbeTarget.Docker target) {
    this.target = target;
  }

  @Override
  public CheckResult check(Duration deadline) {
    long begun = System.nanoTime();
    String doing = "asking docker at " + target.socket() + " for info";
    try {
      DockerClient docker = client();
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
      return failed(e, doing, deadline);
    }
  }

  private CheckResult failed(RuntimeException thrown, String doing, Duration deadline) {
    Optional<DockerException> answered = Failures.find(thrown, DockerException.class);
    if (answered.isPresent()) {
      return new Failed(
          Symptom.BAD_STATUS, Excerpt.of(Failures.message(answered.get())) + " while " + doing);
    }
    Optional<JsonProcessingException> unread = Failures.find(thrown, JsonProcessingException.class);
    return unread.isPresent() && !Thread.currentThread().isInterrupted()
        ? new Failed(Symptom.GARBAGE, "the answer is not docker's JSON, while " + doing)
        : Failures.of(thrown, doing, deadline);
  }

  /** Made at the first check, for it loads a thousand classes. */
  private DockerClient client() {
    if (client.isEmpty()) {
      DefaultDockerClientConfig config =
          DefaultDockerClientConfig.createDefaultConfigBuilder()
              .withDockerHost("unix://" + target.socket().toUri().getRawPath())
              .withDockerTlsVerify(false)
              .build();
      client =
          Optional.of(DockerClientImpl.getInstance(config, new DockerTransport(target.socket())));
    }
    return client.get();
  }
}
