package io.hasupervisor.observe.hostfiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * monit's control file for a service that is ours.
 *
 * @param running whether monit runs now
 */
public record RivalSeen(Path file, String service, boolean running) {
  /** Drop-ins only: {@code monitrc} itself may hold passwords. */
  private static final List<String> DIRECTORIES =
      List.of("/etc/monit/conf.d", "/etc/monit/conf-enabled", "/etc/monit.d");

  private static final Pattern CHECK =
      Pattern.compile("(?im)^\\s*check\\s+process\\s+\"?(docker|dockerd|kubelet|containerd)\\b");

  /** Looks once; never throws. */
  public static List<RivalSeen> look(HostPaths paths) {
    List<RivalSeen> found = new ArrayList<>();
    for (String directory : DIRECTORIES) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.at(directory))) {
        for (Path file : files) {
          Matcher check = CHECK.matcher(text(file));
          if (check.find()) {
            found.add(new RivalSeen(file, check.group(1), runs(paths)));
          }
        }
      } catch (IOException e) {
        // No such directory.
      }
    }
    return found;
  }

  private static String text(Path file) {
    try {
      // Debian's conf-enabled holds links.
      return SmallFile.read(file.toRealPath());
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether a monit runs now; never throws. */
  public static boolean runs(HostPaths paths) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(paths.at("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        if (name(process).equals("monit")) {
          return true;
        }
      }
    } catch (IOException e) {
      // Not known.
    }
    return false;
  }

  private static String name(Path process) {
    try {
      return Files.readString(process.resolve("comm"), StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
