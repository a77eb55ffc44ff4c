package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import io.hasupervisor.observe.manifest.PodFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a file that has the pod of one of ours out of the kubelet's directory, into {@code
 * quarantine/} of the state directory. Only when asked to; the file is kept.
 */
public final class Quarantine {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int NAME_LIMIT = 150;
  private static final int SIZE_LIMIT = 10 << 20;

  private final Path directory;
  private final Path quarantine;

  /** Moves from {@code directory}; nothing is looked at or made yet. */
  public Quarantine(Path directory, Path stateDir) {
    this.directory = directory;
    this.quarantine = stateDir.resolve("quarantine");
  }

  /**
   * Moves one file; the kubelet then stops its pod and runs ours.
   *
   * @param name of the file
   * @param ours the manifests in place: their files are never moved
   * @return {@link Outcome.Failed} with the reason, when the file still is where it was
   */
  public Outcome move(String name, List<Manifest> ours, Instant at) {
    Path file = directory.resolve(name);
    if (name.contains("/") || name.startsWith(".") || name.length() > NAME_LIMIT) {
      return new Outcome.Failed("\"" + name + "\" is not the name of a manifest file");
    }
    try {
      Optional<String> refusal = refusal(file, ours);
      if (refusal.isPresent()) {
        return new Outcome.Failed(file + " was not moved: " + refusal.get());
      }
      prepare();
      move(file, free(STAMP.format(at) + "-" + name));
    } catch (IOException e) {
      return new Outcome.Failed("%s was not moved: %s".formatted(file, Reason.withFile(e)));
    }
    try {
      Durable.sync(quarantine);
      Durable.sync(directory);
      return new Outcome.Done();
    } catch (IOException e) {
      return new Outcome.Uncertain(
          "%s was moved, but may be back after a power loss: %s"
              .formatted(file, Reason.withFile(e)));
    }
  }

  private static void move(Path file, Path kept) throws IOException {
    try {
      Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      carry(file, kept);
    }
  }

  private static Optional<String> refusal(Path file, List<Manifest> ours) throws IOException {
    if (ours.stream().anyMatch(manifest -> file.endsWith(manifest.file()))) {
      return Optional.of("it is one of ours");
    }
    String text = new String(WholeFile.read(file, SIZE_LIMIT), StandardCharsets.UTF_8);
    Optional<String> pod = PodFacts.of(file, text).pod();
    boolean duplicate =
        pod.isPresent()
            && ours.stream()
                .anyMatch(it -> PodFacts.of(Path.of(it.file()), it.text()).pod().equals(pod));
    return duplicate ? Optional.empty() : Optional.of("it does not have the pod of one of ours");
  }

  private void prepare() throws IOException {
    if (Files.notExists(quarantine, LinkOption.NOFOLLOW_LINKS)) {
      Durable.createDirectory(quarantine);
      Durable.sync(quarantine.toAbsolutePath().resolveSibling(".").normalize());
    }
    if (!Files.isDirectory(quarantine, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(quarantine + " is not a directory; move it away");
    }
  }

  private Path free(String name) {
    Path path = quarantine.resolve(name);
    for (int i = 2; Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
      path = quarantine.resolve(name + "." + i);
    }
    return path;
  }

  /** To another file system: first a whole copy, under its name only when it is, then away. */
  static void carry(Path from, Path to) throws IOException {
    byte[] content = WholeFile.read(from, SIZE_LIMIT);
    Path part = to.resolveSibling("." + to.getFileName() + ".new");
    Files.deleteIfExists(part);
    Durable.create(part, content);
    Durable.rename(part, to);
    if (!Arrays.equals(WholeFile.read(from, SIZE_LIMIT), content)) {
      throw new IOException("it was changed meanwhile");
    }
    Files.delete(from);
  }
}
