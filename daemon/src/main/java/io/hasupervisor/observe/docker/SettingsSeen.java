package io.hasupervisor.observe.docker;

import io.hasupervisor.host.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * Docker's settings file, of which only sameness counts.
 *
 * @param content a digest, or why there is none; the same text is the same content
 * @param changed wall time of the last change of it or of its attributes: a file copied with its
 *     old time shows as well
 */
public record SettingsSeen(boolean there, String content, Instant changed) {
  /** Where docker looks for it by itself. */
  public static final String FILE = "/etc/docker/daemon.json";

  private static final int LIMIT = 1 << 20;

  /** There is none. */
  public static final SettingsSeen ABSENT = new SettingsSeen(false, "absent", Instant.EPOCH);

  /** Looks once, a link followed; never throws. */
  public static SettingsSeen look(Path file) {
    try {
      Path real = file.toRealPath();
      Map<String, Object> times = Files.readAttributes(real, "unix:ctime,lastModifiedTime");
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(WholeFile.read(real, LIMIT));
      return new SettingsSeen(
          true,
          HexFormat.of().formatHex(digest),
          later(time(times, "ctime"), time(times, "lastModifiedTime")));
    } catch (NoSuchFileException e) {
      return ABSENT;
    } catch (IOException e) {
      return new SettingsSeen(true, "unreadable", Instant.MAX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Instant time(Map<String, Object> times, String name) {
    return times.get(name) instanceof FileTime time ? time.toInstant() : Instant.MAX;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
