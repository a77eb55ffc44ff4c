package io.hasupervisor.host.process;

import io.hasupervisor.host.ChildEnvironment;
import io.hasupervisor.host.Identity;
import io.hasupervisor.host.Libc;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jnr.constants.platform.Errno;

/**
 * Starts a command so that it outlives this daemon: in a session of its own, with the usual
 * likeliness to be killed when memory runs out, and outside this daemon's unit, which systemd ends
 * as a whole.
 *
 * <p>Each step is a program that does its part and executes the next in the same process, so the
 * pid of the first is the pid of the command.
 */
public final class Launcher {
  private Launcher() {}

  /**
   * What to start.
   *
   * @param name of the service, for the names of its scope
   * @param environment added to the few variables every program needs
   * @param directory working directory; empty: {@code /}
   * @param output file that standard output and error are appended to; created with mode 0640
   */
  public record Launch(
      String name,
      List<String> argv,
      Map<String, String> environment,
      Optional<Path> directory,
      Path output) {}

  /**
   * Starts it. The process returned may for some milliseconds still be one of the programs that
   * lead to the command.
   *
   * @throws IOException naming the program, directory or log file that is missing or not usable
   */
  public static Process start(Launch launch) throws IOException {
    Map<String, String> environment = ChildEnvironment.with(launch.environment());
    Path program = Programs.find(launch.argv().getFirst(), environment.getOrDefault("PATH", ""));
    Path directory = launch.directory().orElse(Path.of("/"));
    if (!Files.isDirectory(directory)) {
      throw new IOException("working directory " + directory + " does not exist");
    }
    List<String> argv = outOfOurUnit(launch.name());
    argv.add(program.toString());
    argv.addAll(launch.argv().subList(1, launch.argv().size()));
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    int log = openLog(launch.output());
    try {
      // Through the descriptor: whoever owns the log's directory cannot swap the file meanwhile.
      Path opened = Path.of("/proc/self/fd", Integer.toString(log));
      if (!Files.isRegularFile(opened)) {
        throw new IOException("log " + launch.output() + " is not a regular file");
      }
      return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(opened.toFile())).start();
    } finally {
      Libc.close(log);
    }
  }

  private static int openLog(Path log) throws IOException {
    int fd = Libc.openAppend(log, 0640);
    if (fd < 0) {
      throw new IOException(
          "log %s cannot be opened (links are not followed): %s"
              .formatted(log, Errno.valueOf(-fd).description()));
    }
    return fd;
  }

  /** The file that a start with this environment would execute, if there is one. */
  public static Optional<Path> program(String name, Map<String, String> environment) {
    return Programs.search(name, ChildEnvironment.with(environment).getOrDefault("PATH", ""));
  }

  /** Only a unit's cgroup has limits, and an end, that what is started must not share. */
  private static boolean runsAsUnit() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
        .anyMatch(line -> line.endsWith(".service"));
  }

  private static List<String> outOfOurUnit(String name) throws IOException {
    List<String> argv = new ArrayList<>();
    if (Identity.user() == 0 && runsAsUnit()) {
      String unit =
          "ha-supervisor-%s-%d"
              .formatted(name.replaceAll("[^A-Za-z0-9_.]", "_"), System.nanoTime());
      argv.addAll(
          List.of(
              Programs.find("systemd-run", ChildEnvironment.DEFAULT_PATH).toString(),
              "--scope",
              "--quiet",
              "--collect",
              "--unit=" + unit,
              "--"));
    }
    Optional<String> choom =
        Programs.search("choom", ChildEnvironment.DEFAULT_PATH).map(Path::toString);
    // Raising it is always allowed; lowering is not, and choom then would not run the command.
    if (choom.isPresent() && protectedFromOom()) {
      argv.addAll(List.of(choom.get(), "-n", "0", "--"));
    }
    argv.add(Programs.find("setsid", ChildEnvironment.DEFAULT_PATH).toString());
    return argv;
  }

  private static boolean protectedFromOom() throws IOException {
    return Files.readString(Path.of("/proc/self/oom_score_adj")).startsWith("-");
  }
}
