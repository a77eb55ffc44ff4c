package io.hasupervisor.observe;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which images docker has. The status code of its answer says it all, so that docker-java, a
 * thousand classes, is not loaded for it.
 *
 * @param present whether it is there, for each image that could be asked about
 * @param problem why docker could not be asked; {@code present} is empty then
 */
public record DockerImages(Map<String, Boolean> present, Optional<String> problem) {
  /** What may stand in a reference to an image; anything else must not get into a request. */
  private static final String REFERENCE = "[a-zA-Z0-9][a-zA-Z0-9._:/@-]{0,300}";

  public DockerImages {
    present = Map.copyOf(present);
  }

  /** Asks at docker's {@code socket}, for no longer than {@code deadline}; blocks that long. */
  public static DockerImages ask(Path socket, Set<String> images, Duration deadline) {
    FutureTask<Map<String, Boolean>> asking = new FutureTask<>(() -> all(socket, images));
    Thread.ofVirtual().start(asking);
    try {
      return new DockerImages(
          asking.get(deadline.toMillis(), TimeUnit.MILLISECONDS), Optional.empty());
    } catch (ExecutionException e) {
      return problem(
          "docker at "
              + socket
              + " cannot be asked: "
              + words(Objects.requireNonNullElse(e.getCause(), e)));
    } catch (TimeoutException _) {
      return problem("docker at " + socket + " does not answer within " + Excerpt.of(deadline));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return problem("interrupted");
    } finally {
      asking.cancel(true);
    }
  }

  private static DockerImages problem(String words) {
    return new DockerImages(Map.of(), Optional.of(words));
  }

  private static Map<String, Boolean> all(Path socket, Set<String> images)
      throws IOException, EarlyAnswer {
    Map<String, Boolean> present = new TreeMap<>();
    for (String image : images) {
      if (image.matches(REFERENCE)) {
        int status = status(socket, image);
        if (status != 200 && status != 404) {
          throw new IOException("HTTP status " + status);
        }
        present.put(image, status == 200);
      }
    }
    return present;
  }

  private static int status(Path socket, String image) throws IOException, EarlyAnswer {
    try (SocketChannel channel = Dialer.unix(socket)) {
      return HttpGet.send(
              Channels.newInputStream(channel),
              Channels.newOutputStream(channel),
              URI.create("http://docker/images/" + image + "/json"),
              Map.of())
          .status();
    }
  }

  private static String words(Throwable cause) {
    return cause instanceof EarlyAnswer early && early.result() instanceof CheckResult.Failed failed
        ? failed.detail()
        : Excerpt.of(Failures.message(cause));
  }
}
