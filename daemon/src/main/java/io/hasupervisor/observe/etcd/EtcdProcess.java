package io.hasupervisor.observe.etcd;

import io.hasupervisor.host.Entries;
import io.hasupervisor.host.ProcStat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * E7: which process has the data directory open, found without docker. etcd holds the lock of its
 * database from its start to its end; before it has opened it, and with etcd 2.x, which has none,
 * its own arguments tell.
 */
public final class EtcdProcess {
  private static final String NAME = "etcd";
  private static final String FLAG = "--data-dir";
  private static final int ARGUMENTS_LIMIT = 64 * 1024;

  /** {@code 3: FLOCK ADVISORY WRITE 13007 fe:00:2181652 0 EOF}, numbers of devices in hex. */
  private static final Pattern LOCK =
      Pattern.compile("[0-9]+:\\s+FLOCK\\s+\\S+\\s+\\S+\\s+([0-9]+)\\s+([0-9a-f:]+)\\s.*");

  private EtcdProcess() {}

  /** The living process of {@code data}, which is the directory that holds {@code member/}. */
  public static ProcessSeen look(Path data) {
    try {
      List<String> locks = Files.readAllLines(Path.of("/proc/locks"), StandardCharsets.ISO_8859_1);
      Optional<ProcStat> found = holder(locks, data.resolve("member/snap/db"));
      if (found.isEmpty()) {
        found = byArguments(data);
      }
      return found
          .<ProcessSeen>map(
              stat -> new ProcessSeen.Alive(stat.pid(), stat.state(), stat.startTicks()))
          .orElseGet(ProcessSeen.Absent::new);
    } catch (IOException e) {
      return new ProcessSeen.Unknown("/proc cannot be read");
    }
  }

  /** Whose lock is on {@code file}. */
  static Optional<ProcStat> holder(List<String> locks, Path file) {
    String wanted;
    try {
      long device = (Long) Files.getAttribute(file, "unix:dev");
      long inode = (Long) Files.getAttribute(file, "unix:ino");
      wanted = "%02x:%02x:%d".formatted(major(device), minor(device), inode);
    } catch (IOException e) {
      return Optional.empty();
    }
    return locks.stream()
        .map(LOCK::matcher)
        .filter(lock -> lock.matches() && lock.group(2).equals(wanted))
        .map(lock -> Long.parseLong(lock.group(1)))
        .flatMap(pid -> ProcStat.of(pid).stream())
        .filter(ProcStat::alive)
        .findFirst();
  }

  // As the C library takes a dev_t apart (makedev(3)).

  private static long major(long device) {
    return ((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL);
  }

  private static long minor(long device) {
    return (device & 0xff) | ((device >>> 12) & ~0xffL);
  }

  private static Optional<ProcStat> byArguments(Path data) throws IOException {
    for (Path process : Entries.of(Path.of("/proc"))) {
      String pid = process.getFileName().toString();
      if (pid.matches("[1-9][0-9]*")) {
        Optional<ProcStat> stat =
            ProcStat.of(Long.parseLong(pid))
                .filter(found -> found.alive() && found.name().equals(NAME));
        if (stat.isPresent() && uses(process, data)) {
          return stat;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether its data directory, which may have another name in its container, is this one. */
  private static boolean uses(Path process, Path data) {
    try (var in = Files.newInputStream(process.resolve("cmdline"))) {
      String text = new String(in.readNBytes(ARGUMENTS_LIMIT), StandardCharsets.UTF_8);
      Optional<String> inside = dataDirectory(List.of(text.split("\0")));
      return inside.isPresent()
          && Files.isSameFile(
              data, process.resolve("root").resolve(inside.get().replaceFirst("^/+", "")));
    } catch (IOException e) {
      // Ended meanwhile, or of another host's view.
      return false;
    }
  }

  /** The value of {@code --data-dir}, absolute ones only. */
  static Optional<String> dataDirectory(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i).replaceFirst("^-([^-])", "--$1");
      String value =
          argument.startsWith(FLAG + "=")
              ? argument.substring(FLAG.length() + 1)
              : argument.equals(FLAG) && i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      if (value.startsWith("/")) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
