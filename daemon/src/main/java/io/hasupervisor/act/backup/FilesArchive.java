package io.hasupervisor.act.backup;

import io.hasupervisor.act.archive.Tar;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Durable;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.observe.backup.BackupName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tinylog.Logger;

/**
 * Archives of a master's files, {@code files-TIME-SHA256.tar}, one for each change: unpacked at
 * {@code /} they lie where they lay. The same files make the same bytes.
 *
 * @param keep archives that are kept
 */
public record FilesArchive(BackupFolder folder, Clock clock, int keep) {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Pattern NAME =
      Pattern.compile("files-[0-9]{8}T[0-9]{6}Z-([0-9a-f]{64})\\.tar");
  private static final Pattern PART = Pattern.compile("\\.files\\.tar\\.part");

  /**
   * What came of it.
   *
   * @param written the new archive; empty where nothing has changed
   * @param left files that are not in it, each with the reason
   */
  public record Archived(Optional<Path> written, List<String> left) {
    public Archived {
      left = List.copyOf(left);
    }
  }

  /**
   * Writes one, if anything has changed since the newest.
   *
   * @param roots files and directories; those that are not there are left out
   * @param made files that exist nowhere, by their name in the archive
   * @throws IOException where it was not written; those before it are kept
   */
  public Archived archive(List<Path> roots, Map<String, byte[]> made) throws IOException {
    Path part = folder.files().resolve(".files.tar.part");
    try (ProcessLock _ = folder.lock(WAIT)) {
      folder.shut();
      Files.deleteIfExists(part);
      ArchiveFill fill = new ArchiveFill();
      try {
        String sha256 = written(part, roots, made, fill);
        if (newest().filter(sha256::equals).isPresent()) {
          Files.deleteIfExists(part);
          return new Archived(Optional.empty(), fill.left());
        }
        Path target = folder.files().resolve(name(clock.wall(), sha256));
        Durable.rename(part, target);
        prune();
        return new Archived(Optional.of(target), fill.left());
      } catch (IOException e) {
        Files.deleteIfExists(part);
        throw e;
      }
    }
  }

  private static String name(Instant at, String sha256) {
    return "files-" + BackupName.stamp(at) + "-" + sha256 + ".tar";
  }

  private static String written(
      Path part, List<Path> roots, Map<String, byte[]> made, ArchiveFill fill) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      DigestOutputStream digested =
          new DigestOutputStream(Channels.newOutputStream(channel), sha256());
      OutputStream out = new BufferedOutputStream(digested);
      Tar tar = new Tar(out, Instant.EPOCH);
      fill.into(tar, roots, made);
      tar.end();
      out.flush();
      channel.force(true);
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    }
  }

  /** The SHA-256 of the one written last, as its file's time says, which a clock may not. */
  private Optional<String> newest() throws IOException {
    return all().findFirst().map(FilesArchive::sha256Of);
  }

  private static String sha256Of(Path archive) {
    var matcher = NAME.matcher(String.valueOf(archive.getFileName()));
    return matcher.matches() ? matcher.group(1) : "";
  }

  private Stream<Path> all() throws IOException {
    return Entries.of(folder.files()).stream()
        .filter(path -> NAME.matcher(String.valueOf(path.getFileName())).matches())
        .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
        .sorted(Comparator.reverseOrder());
  }

  private void prune() throws IOException {
    for (Path old : all().skip(keep).toList()) {
      try {
        Files.deleteIfExists(old);
      } catch (IOException e) {
        Logger.warn("{} cannot be removed: {}", old, e.getMessage());
      }
    }
  }

  /** Names in the directory that are not ours. */
  public List<Path> foreign() throws IOException {
    try {
      return Entries.of(folder.files()).stream()
          .filter(path -> !NAME.matcher(String.valueOf(path.getFileName())).matches())
          .filter(path -> !PART.matcher(String.valueOf(path.getFileName())).matches())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
