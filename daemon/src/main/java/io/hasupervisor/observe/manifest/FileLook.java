package io.hasupervisor.observe.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.host.Reason;
import io.hasupervisor.host.WholeFile;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One look at the files of a directory, bounded in all that is read. */
final class FileLook {
  /** The kubelet refuses larger files. */
  static final int FILE_LIMIT = 10 << 20;

  /** Larger files are hashed but not looked into. */
  static final int TEXT_LIMIT = 1 << 20;

  /** Bytes of all files of one look together. */
  static final long TOTAL_LIMIT = 64 << 20;

  private static final String OURS = "ha-supervisor";

  private final Duration now;
  private final Instant wall;
  private long left = TOTAL_LIMIT;

  /** At monotonic time {@code now}, which is {@code wall} on the wall. */
  FileLook(Duration now, Instant wall) {
    this.now = now;
    this.wall = wall;
  }

  /** Empty where the entry has gone meanwhile. */
  Optional<FileSeen> at(Path entry) {
    try {
      boolean link = Files.isSymbolicLink(entry);
      Duration changed = changedAt(entry);
      if (!Files.exists(entry)) {
        return link
            ? Optional.of(unread(entry, true, Optional.empty(), changed, "is a link to nothing"))
            : Optional.empty();
      }
      Path real = entry.toRealPath();
      return Optional.of(seen(entry, real, link, latest(changed, changedAt(real))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unread(entry, false, Optional.empty(), now, Reason.of(e)));
    }
  }

  private FileSeen seen(Path entry, Path real, boolean link, Duration changed) throws IOException {
    Optional<Access> access = Optional.of(Access.of(real));
    BasicFileAttributes is = Files.readAttributes(real, BasicFileAttributes.class);
    if (!is.isRegularFile()) {
      String what = is.isDirectory() ? "is a directory" : "is a pipe, socket or device";
      return unread(entry, link, access, changed, what + ", which the kubelet does not read");
    }
    try {
      byte[] content = WholeFile.read(real, (int) Math.min(FILE_LIMIT, left));
      left -= content.length;
      PodFacts facts = facts(entry, content);
      return new FileSeen(
          name(entry),
          Optional.of(Manifest.sha256(content)),
          facts.pod(),
          facts.hostPorts(),
          kubeadm(content, facts),
          access,
          link,
          changed,
          facts.problem());
    } catch (IOException e) {
      return unread(entry, link, access, changed, "cannot be read: " + Reason.of(e));
    }
  }

  private static PodFacts facts(Path entry, byte[] content) {
    if (content.length > TEXT_LIMIT) {
      return problem("is larger than " + TEXT_LIMIT + " bytes and was not looked into");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return PodFacts.of(entry, text);
    } catch (CharacterCodingException e) {
      return problem("is not UTF-8");
    }
  }

  /**
   * Our own templates may carry its annotations, but they say in their first line whose they are.
   */
  private static boolean kubeadm(byte[] content, PodFacts facts) {
    String start = new String(content, 0, Math.min(content.length, 200), StandardCharsets.UTF_8);
    boolean ours = start.startsWith("#") && start.lines().findFirst().orElse("").contains(OURS);
    return !ours
        && facts.annotations().stream().anyMatch(it -> it.startsWith("kubeadm.kubernetes.io/"));
  }

  private static PodFacts problem(String text) {
    return new PodFacts(Optional.empty(), List.of(), Set.of(), Optional.of(text));
  }

  private static FileSeen unread(
      Path entry, boolean link, Optional<Access> access, Duration changed, String problem) {
    return new FileSeen(
        name(entry),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        access,
        link,
        changed,
        Optional.of(problem));
  }

  /**
   * By the later of two times: a file that was moved here keeps the time of its content, but the
   * kernel notes the move.
   */
  private Duration changedAt(Path path) throws IOException {
    FileTime modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
    FileTime moved = (FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    FileTime last = modified.compareTo(moved) > 0 ? modified : moved;
    Duration age = Duration.between(last.toInstant(), wall);
    return age.isNegative() ? now : now.minus(age);
  }

  private static Duration latest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }
}
