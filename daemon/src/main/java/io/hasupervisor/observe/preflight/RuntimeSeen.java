package io.hasupervisor.observe.preflight;

import io.hasupervisor.host.Command;
import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what runs the containers answers. */
public sealed interface RuntimeSeen {

  /**
   * Docker.
   *
   * @param settings whether /etc/docker/daemon.json is there
   */
  record Docker(DockerInfo info, boolean settings) implements RuntimeSeen {}

  /**
   * containerd, asked by its own client.
   *
   * @param version empty where it does not answer
   * @param why empty where it answers
   */
  record Containerd(Optional<String> version, String why) implements RuntimeSeen {}

  /** Nobody could ask. */
  record NotAsked(String why) implements RuntimeSeen {}

  /** Asks docker. */
  static RuntimeSeen docker(Path socket, Path settings, Duration limit)
      throws InterruptedException {
    return new Docker(DockerInfo.ask(socket, limit), java.nio.file.Files.exists(settings));
  }

  /** Asks containerd. */
  static RuntimeSeen containerd(Duration limit) throws InterruptedException {
    try {
      Command.Result result = Command.run(List.of("ctr", "version"), limit, 4096);
      Matcher server = Pattern.compile("Server:\\s+Version:\\s+(\\S+)").matcher(result.output());
      if (result.timedOut()) {
        return new Containerd(
            Optional.empty(), "containerd does not answer within " + Excerpt.of(limit));
      }
      return result.exit() == 0 && server.find()
          ? new Containerd(Optional.of(Excerpt.of(server.group(1))), "")
          : new Containerd(Optional.empty(), "ctr says: " + Excerpt.of(result.output()));
    } catch (IOException e) {
      return new NotAsked("ctr, containerd's client, is not installed");
    }
  }
}
