package io.hasupervisor.observe.hostfiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file systems that are mounted, from {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)). */
public record Mounts(List<Mount> all) {
  private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

  public Mounts {
    all = List.copyOf(all);
  }

  /**
   * One of them.
   *
   * @param device {@code major:minor}
   * @param root the directory of the file system that is mounted, mostly {@code /}
   * @param source a device, {@code server:/export}, or the type's own word
   */
  public record Mount(
      Path point, String device, String root, String type, String source, boolean readOnly) {}

  /**
   * The mounts of this process's view.
   *
   * @throws IOException where {@code mountinfo} cannot be read
   */
  public static Mounts read(Path mountinfo) throws IOException {
    return parse(Files.readString(mountinfo, StandardCharsets.ISO_8859_1));
  }

  static Mounts parse(String mountinfo) {
    return new Mounts(mountinfo.lines().flatMap(line -> mount(line).stream()).toList());
  }

  /** The mount whose mount point this is: the last one, which covers earlier ones. */
  public Optional<Mount> at(Path point) {
    return all.stream().filter(mount -> mount.point().equals(point)).reduce((_, last) -> last);
  }

  /** The mount that a path lies on. */
  public Optional<Mount> over(Path path) {
    return all.stream()
        .map(Mount::point)
        .filter(path::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount))
        .flatMap(this::at);
  }

  /** {@code 36 35 98:0 /root /point rw,noatime [optional]… - type source rw}. */
  private static Optional<Mount> mount(String line) {
    int dash = line.indexOf(" - ");
    if (dash < 0) {
      return Optional.empty();
    }
    String[] one = line.substring(0, dash).split(" ", -1);
    String[] two = line.substring(dash + 3).split(" ", -1);
    if (one.length < 6 || two.length < 3) {
      return Optional.empty();
    }
    boolean readOnly = readOnly(one[5]) || readOnly(two[2]);
    return Optional.of(
        new Mount(Path.of(plain(one[4])), one[2], plain(one[3]), two[0], plain(two[1]), readOnly));
  }

  /** ext4 has words of its own for what it did after an error. */
  private static boolean readOnly(String options) {
    return Stream.of(options.split(","))
        .anyMatch(Set.of("ro", "emergency_ro", "shutdown")::contains);
  }

  /** Blanks and backslashes are written as octal numbers; the bytes are UTF-8. */
  private static String plain(String escaped) {
    String bytes = OCTAL.matcher(escaped).replaceAll(Mounts::character);
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static String character(MatchResult octal) {
    String character = String.valueOf((char) Integer.parseInt(octal.group(1), 8));
    return java.util.regex.Matcher.quoteReplacement(character);
  }
}
