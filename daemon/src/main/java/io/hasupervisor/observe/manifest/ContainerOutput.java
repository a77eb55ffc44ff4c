package io.hasupervisor.observe.manifest;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.DockerApi;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.TimeLimit;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The last lines that ended containers wrote; each container is asked about once. */
final class ContainerOutput {
  private static final int LINES = 20;

  /** Bytes kept of them: the last ones. */
  private static final int KEPT = 8 * 1024;

  private static final int LONGEST_LINE = 1000;

  /** Containers remembered: more than the kubelet keeps of four pods. */
  private static final int REMEMBERED = 50;

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final Path socket;
  private final Duration deadline;
  private final Map<String, LastLines> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LastLines> eldest) {
          return size() > REMEMBERED;
        }
      };

  ContainerOutput(Path socket) {
    this(socket, DEADLINE);
  }

  ContainerOutput(Path socket, Duration deadline) {
    this.socket = socket;
    this.deadline = deadline;
  }

  /** Empty where the thread was interrupted, whose interrupt is kept. */
  Optional<LastLines> of(String id) {
    LastLines before = known.get(id);
    if (before != null) {
      return Optional.of(before);
    }
    try {
      LastLines read = TimeLimit.within(deadline, "docker-logs", () -> ask(id));
      known.put(id, read);
      return Optional.of(read);
    } catch (TimeoutException e) {
      known.put(id, unread("asking docker at " + socket + " hangs in the kernel"));
      return Optional.of(known.get(id));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private LastLines ask(String id) {
    // Of its own: what hangs is hung up on, and nothing else with it.
    DockerApi docker = new DockerApi(socket);
    Tail tail = new Tail();
    try {
      docker
          .client()
          .logContainerCmd(id)
          .withStdOut(true)
          .withStdErr(true)
          .withTail(LINES)
          .exec(tail)
          .awaitCompletion();
      return tail.failure.isEmpty()
          ? new LastLines(Masked.output(tail.lines()), Optional.empty())
          : unread(why(docker, tail.failure.get()));
    } catch (InterruptedException e) {
      return unread("docker did not give it within " + Excerpt.of(deadline));
    } catch (RuntimeException e) {
      return unread(why(docker, e));
    } finally {
      docker.hangUp();
    }
  }

  /** A driver such as {@code none} or {@code syslog} (moby daemon/logger). */
  private String why(DockerApi docker, Throwable thrown) {
    String words =
        switch (docker.failed(
            new IllegalStateException(thrown),
            "asking docker at " + socket + " for it",
            deadline)) {
          case CheckResult.Failed failed -> failed.detail();
          case CheckResult.Inconclusive inconclusive -> inconclusive.why();
          case CheckResult.Passed passed -> passed.detail();
        };
    return words.contains("does not support reading")
        ? "docker's log driver keeps none that can be read"
        : words;
  }

  private static LastLines unread(String why) {
    return new LastLines(List.of(), Optional.of(why));
  }

  /** Both streams as they come. */
  private static final class Tail extends ResultCallback.Adapter<Frame> {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private volatile Optional<Throwable> failure = Optional.empty();

    @Override
    public synchronized void onNext(Frame frame) {
      said.writeBytes(frame.getPayload());
    }

    /** Not the adapter's own, which logs a stack trace of what is no bug. */
    @Override
    public void onError(Throwable thrown) {
      failure = Optional.of(thrown);
      onComplete();
    }

    synchronized List<String> lines() {
      byte[] all = said.toByteArray();
      int from = Math.max(0, all.length - KEPT);
      String text = new String(all, from, all.length - from, StandardCharsets.UTF_8);
      List<String> lines = text.lines().map(String::stripTrailing).toList();
      List<String> whole = from > 0 && lines.size() > 1 ? lines.subList(1, lines.size()) : lines;
      return whole.subList(Math.max(0, whole.size() - LINES), whole.size()).stream()
          .map(
              line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "..." : line)
          .toList();
    }
  }
}
