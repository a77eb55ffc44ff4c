package io.hasupervisor.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import io.hasupervisor.observe.CheckResult.Failed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Docker's API through docker-java over docker's socket. It can only GET: whoever asks through it
 * changes nothing.
 */
public final class DockerApi {
  private final Path socket;
  private final DockerTransport transport;
  private volatile Optional<DockerClient> client = Optional.empty();

  /** The API at {@code socket}; nothing is connected or loaded yet. */
  public DockerApi(Path socket) {
    this.socket = socket;
    this.transport = new DockerTransport(socket);
  }

  /**
   * docker-java's client. Its calls block in the kernel, end when their thread is interrupted, and
   * throw runtime exceptions that {@link #failed} understands.
   */
  public DockerClient client() {
    // Made when first needed, for it loads a thousand classes.
    if (client.isEmpty()) {
      DefaultDockerClientConfig config =
          DefaultDockerClientConfig.createDefaultConfigBuilder()
              .withDockerHost("unix://" + socket.toUri().getRawPath())
              .withDockerTlsVerify(false)
              .build();
      client = Optional.of(DockerClientImpl.getInstance(config, transport));
    }
    return client.get();
  }

  /**
   * Ends calls that still wait: docker-java streams in threads of its own, which no interrupt
   * reaches.
   */
  public void hangUp() {
    transport.close();
  }

  /**
   * What a call's exception says of docker.
   *
   * @param doing what was being done, as in "asking docker for its containers"
   * @param deadline time that the call had
   */
  public CheckResult failed(RuntimeException thrown, String doing, Duration deadline) {
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
}
