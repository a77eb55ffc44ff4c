package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.docker.DockerRules;
import io.hasupervisor.assess.docker.LiveRestore;
import io.hasupervisor.host.AtomicFile;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.docker.DockerSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.tinylog.Logger;

/**
 * Whether this master's containers outlive a restart of docker: looked at now and then, remembered
 * for ever where they once did not, and asked from any thread.
 */
public final class LiveRestoreWatch {
  private static final int LIMIT = 4096;

  private final Eyes eyes;
  private final Path mark;
  private final InstantSource clock;
  private LiveRestore known = LiveRestore.UNKNOWN;
  private Optional<String> broken = Optional.empty();

  /** The mark could not be written, so that its absence forgives nothing. */
  private boolean unsaved;

  private volatile boolean verified;

  /** Looks at docker; may block. */
  @FunctionalInterface
  public interface Eyes {
    DockerSeen look() throws InterruptedException;
  }

  /** Nothing is verified before the first look. */
  public LiveRestoreWatch(Eyes eyes, Path stateDir, InstantSource clock) {
    this.eyes = eyes;
    this.mark = stateDir.resolve("live-restore-broken");
    this.clock = clock;
  }

  /**
   * Whether containers, etcd's too, outlive a restart of docker, by the last look: at once and from
   * any thread.
   */
  public boolean verified() {
    return verified;
  }

  /** The file that remembers a restart which etcd did not outlive; whoever removes it forgives. */
  public Path mark() {
    return mark;
  }

  private synchronized void broke() {
    if (broken.isPresent()) {
      return;
    }
    verified = false;
    String what =
        "etcd did not outlive a restart of docker with live-restore at "
            + clock.instant().truncatedTo(ChronoUnit.SECONDS);
    broken = Optional.of(what);
    Logger.warn("{}", what);
    try {
      AtomicFile.write(mark, (what + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      Logger.warn("it is not remembered over a restart of this daemon: {}", Reason.withFile(e));
      unsaved = true;
    }
  }

  /**
   * Looks, and says what is wrong; nothing, and this thread is interrupted, where the look was
   * broken off.
   */
  public List<Finding> findings() {
    try {
      DockerSeen seen = eyes.look();
      return judged(seen);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private synchronized List<Finding> judged(DockerSeen seen) {
    Optional<String> marked = marked();
    if (marked.isPresent() || !unsaved) {
      broken = marked;
    }
    known = known.then(seen);
    if (known.broke()) {
      known = known.remembered();
      broke();
    }
    verified = known.verified() && broken.isEmpty();
    return DockerRules.findings(seen, known, broken, mark.toString());
  }

  /** A mark that cannot be read is one. */
  private Optional<String> marked() {
    try {
      String text = new String(WholeFile.read(mark, LIMIT), StandardCharsets.UTF_8);
      return Optional.of(Excerpt.of(text.strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("etcd once did not outlive a restart of docker");
    }
  }
}
