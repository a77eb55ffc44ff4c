import io.hasupervisor.cluster.Master;
import io.hasupervisor.config.ConfigLoader;
import io.hasupervisor.config.Environment;
import io.hasupervisor.config.Loaded;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.SystemClock;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Rounds of questions to etcd as the daemon asks them, timed from inside, on the daemon's own
 * runtime. Prints one line of JSON for each thing seen.
 */
final class EtcdRounds {
  private static final int MIB = 1 << 20;

  private EtcdRounds() {}

  /** Use: paced CONFIG ROUNDS | hurried CONFIG ROUNDS | fill CONFIG MEBIBYTES. */
  public static void main(String[] args) throws Exception {
    Master master = master(Path.of(args[1]));
    int many = Integer.parseInt(args[2]);
    switch (args[0]) {
      case "paced" -> paced(master, many);
      case "hurried" -> hurried(master, many);
      case "fill" -> fill(master, many);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static Master master(Path config) {
    Environment environment =
        new Environment("m1", "bench", 0, Optional.empty(), Optional.empty());
    return switch (ConfigLoader.load(config, environment)) {
      case Loaded.Good good -> good.plan().master().orElseThrow();
      case Loaded.Bad bad -> throw new IllegalArgumentException(bad.problems().toString());
    };
  }

  /** Once a second: how long a round takes, and the reads in it. */
  private static void paced(Master master, int many) throws InterruptedException {
    Clock clock = SystemClock.verified();
    try (EtcdLook look = EtcdLook.of(master, clock)) {
      for (int n = 0; n < many; n++) {
        EtcdRound round = look.look();
        List<String> reads = new ArrayList<>();
        round.members().forEach(member -> reads.add(read(member.linearizable())));
        System.out.printf(
            "{\"ms\": %.3f, \"reads\": [%s]}%n",
            round.took().toNanos() / 1e6, String.join(", ", reads));
        System.out.flush();
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private static String read(Answer<?> answer) {
    return answer instanceof Answer.Got<?>(Object _, Duration took)
        ? "%.3f".formatted(took.toNanos() / 1e6)
        : "null";
  }

  /** Without a pause; what the process holds is told after each twentieth part. */
  private static void hurried(Master master, int many) throws Exception {
    Clock clock = SystemClock.verified();
    int clean = 0;
    try (EtcdLook look = EtcdLook.of(master, clock)) {
      for (int n = 1; n <= many; n++) {
        if (look.look().members().stream().allMatch(member -> member.linearizable().ok())) {
          clean++;
        }
        if (n % Math.max(1, many / 20) == 0) {
          System.out.printf(
              "{\"round\": %d, \"clean\": %d, \"fds\": %d, \"threads\": %d, \"rss\": %d}%n",
              n, clean, count("/proc/self/fd"), count("/proc/self/task"), status("VmRSS"));
          System.out.flush();
        }
      }
    }
  }

  private static long count(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of(directory))) {
      return entries.count();
    }
  }

  /** In KiB. */
  private static long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** Keys of 1 MiB that no compression makes smaller. */
  private static void fill(Master master, int many) throws InterruptedException {
    byte[] value = new byte[MIB];
    Random random = new Random(1);
    try (EtcdChannel member =
        EtcdChannel.to(master.etcd().local().orElseThrow(), master.etcd().tls())) {
      for (int n = 0; n < many; n++) {
        random.nextBytes(value);
        if (!(member.put("bench/" + n, value, Duration.ofSeconds(60)) instanceof Answer.Got<?>)) {
          throw new IllegalStateException("etcd refuses the " + n + "th MiB");
        }
      }
    }
    System.out.printf("{\"filled\": %d}%n", many);
  }
}
