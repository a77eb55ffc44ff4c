package io.hasupervisor.loop;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Memories for the tests of this package. */
final class Memories {
  static final String BOOT = "4f1c2f1e-1111-4222-8333-944445555666";
  static final Instant WALL = Instant.parse("2026-11-24T21:14:53.123456789Z");
  static final Duration AT = Duration.ofHours(5);

  static final Policy POLICY =
      new Policy(
          List.of(),
          Duration.ofMinutes(2),
          Duration.ZERO,
          false,
          false,
          Set.of(),
          new Policy.CrashPolicy(
              Duration.ofSeconds(1),
              Duration.ofSeconds(60),
              0.25,
              Duration.ofMinutes(10),
              Duration.ofMinutes(2),
              10,
              Duration.ofMinutes(15),
              Duration.ofSeconds(60),
              Duration.ofSeconds(10)),
          new Policy.KillPolicy(
              3,
              Duration.ofMinutes(30),
              Duration.ofMinutes(2),
              Duration.ofMinutes(30),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofSeconds(10),
              Duration.ofMinutes(10)),
          List.of(),
          7);

  private Memories() {}

  /** One service, docker, in backoff and held for half an hour. */
  static Memory docker() {
    Exit exit = new Exit(Exit.Kind.EXITED, 1, "main process exited");
    Down down = new Down(AT.minusSeconds(3), exit, AT.plusSeconds(13), Because.DIED);
    RestartLog log =
        new RestartLog(
            5,
            List.of(AT.minusSeconds(20), AT.minusSeconds(3)),
            List.of(AT.minusSeconds(200)),
            Optional.of(new Incarnation("812:4711", 812, AT.minusSeconds(10))),
            Optional.of(down),
            Optional.empty(),
            Optional.of(exit));
    Hold hold =
        new Hold(
            Hold.Kind.OPERATOR, "eva", "disk is being swapped", Optional.of(AT.plusSeconds(1800)));
    Tally tally = Tally.EMPTY.with(new Tally.Death(WALL.minusSeconds(3), exit, "it exited with 1"));
    return memory(new Memory.Service(log, Optional.of(hold), false, tally));
  }

  static Memory.Service kept(Memory memory) {
    return Optional.ofNullable(memory.services().get("docker")).orElseThrow();
  }

  static Memory memory(Memory.Service docker) {
    return new Memory(BOOT, AT, WALL, Map.of("docker", docker));
  }

  static Memory withAttempt(int attempt) {
    Memory.Service docker = kept(docker());
    RestartLog log = docker.log();
    return memory(
        new Memory.Service(
            new RestartLog(
                attempt,
                log.crashes(),
                log.kills(),
                log.life(),
                log.down(),
                Optional.empty(),
                log.lastExit()),
            docker.hold(),
            docker.stopUnfinished(),
            docker.tally()));
  }

  static Memory random(Random random) {
    Map<String, Memory.Service> services = new HashMap<>();
    IntStream.range(0, random.nextInt(5)).forEach(_ -> services.put(text(random), service(random)));
    return new Memory(text(random), AT, WALL.plusNanos(random.nextLong(1L << 50)), services);
  }

  private static Memory.Service service(Random random) {
    RestartLog log =
        new RestartLog(
            random.nextInt(1000),
            times(random),
            times(random),
            maybe(
                random, () -> new Incarnation(text(random), random.nextInt(1 << 22), time(random))),
            maybe(
                random,
                () ->
                    new Down(
                        time(random), exit(random), time(random), one(random, Because.values()))),
            Optional.empty(),
            maybe(random, () -> exit(random)));
    Optional<Hold> hold =
        maybe(
            random,
            () ->
                new Hold(
                    one(random, Hold.Kind.values()),
                    text(random),
                    text(random),
                    maybe(random, () -> time(random))));
    List<Tally.Death> deaths =
        IntStream.range(0, random.nextInt(130))
            .mapToObj(
                _ ->
                    new Tally.Death(
                        WALL.minusNanos(random.nextLong(1L << 50)), exit(random), text(random)))
            .toList();
    return new Memory.Service(log, hold, random.nextBoolean(), new Tally(deaths));
  }

  private static Exit exit(Random random) {
    return new Exit(one(random, Exit.Kind.values()), random.nextInt(256), text(random));
  }

  private static List<Duration> times(Random random) {
    return IntStream.range(0, random.nextInt(12)).mapToObj(_ -> time(random)).toList();
  }

  private static Duration time(Random random) {
    return Duration.ofNanos(random.nextLong(AT.toNanos()));
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(20), 0, 0x2FF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static <T> Optional<T> maybe(Random random, Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private static <T> T one(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
