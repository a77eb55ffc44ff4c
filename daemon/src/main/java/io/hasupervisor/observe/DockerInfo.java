package io.hasupervisor.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** What docker says of itself. Read by hand: docker-java's model knows nothing of live-restore. */
public sealed interface DockerInfo {
  /** Ample for hundreds of plugins. */
  int LONGEST = 1024 * 1024;

  /**
   * It answers.
   *
   * @param cgroups its driver for control groups, as the kubelet has one too
   * @param liveRestore whether containers live on while it is restarted
   */
  record Answers(String version, String storage, String cgroups, boolean liveRestore)
      implements DockerInfo {}

  /** It does not; {@code why} is a clause. */
  record Silent(String why) implements DockerInfo {}

  /** Asks at docker's {@code socket}; answers a second after {@code limit} at the latest. */
  static DockerInfo ask(Path socket, Duration limit) throws InterruptedException {
    try {
      return TimeLimit.within(limit, "docker-info", () -> info(socket, limit));
    } catch (TimeoutException e) {
      return new Silent("docker at " + socket + " hangs in the kernel");
    }
  }

  private static DockerInfo info(Path socket, Duration limit) {
    String doing = "asking docker at " + socket + " for info";
    try (SocketChannel channel = Dialer.unix(socket)) {
      HttpGet answer =
          HttpGet.send(
              Channels.newInputStream(channel),
              Channels.newOutputStream(channel),
              URI.create("http://docker/info"),
              Map.of());
      HttpBody body = new HttpBody(LONGEST);
      body.readFrom(answer);
      String text = body.read().toString(StandardCharsets.UTF_8);
      return answer.status() == 200
          ? parsed(text)
          : new Silent("docker answers with status " + answer.status() + ": " + Excerpt.of(text));
    } catch (EarlyAnswer | IOException | RuntimeException e) {
      return new Silent(
          switch (Failures.of(e, doing, limit)) {
            case CheckResult.Failed failed -> failed.detail();
            case CheckResult.Inconclusive inconclusive -> inconclusive.why();
            case CheckResult.Passed passed -> passed.detail();
          });
    }
  }

  private static DockerInfo parsed(String text) throws IOException {
    JsonNode info = new ObjectMapper().readTree(text);
    return new Answers(
        Excerpt.of(info.path("ServerVersion").asText("")),
        Excerpt.of(info.path("Driver").asText("")),
        Excerpt.of(info.path("CgroupDriver").asText("")),
        info.path("LiveRestoreEnabled").asBoolean(false));
  }
}
