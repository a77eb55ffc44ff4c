package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.disruption.RepairLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The budget of repairs over a restart of the daemon, and of the host. */
final class RepairMemoryTest {
  private static final Instant WALL = Instant.parse("2026-11-24T21:00:00Z");
  private static final RepairMemory MEMORY =
      new RepairMemory(
          "boot", hours(10), WALL, new RepairLog(List.of(hours(-20), hours(8), hours(9)), 2));

  @TempDir private Path directory;
  private final RepairMemoryJson json = new RepairMemoryJson();

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  @Test
  void comesBackAsItWas() throws IOException {
    for (RepairMemory memory : List.of(RepairMemory.none(), MEMORY)) {
      assertEquals(memory, json.decode(json.encode(memory)));
    }
  }

  @Test
  void inTheSameBootTimesAreMonotonicWhateverTheWallSays() {
    assertEquals(
        new RepairLog(List.of(hours(8), hours(9)), 2),
        MEMORY.resumed("boot", hours(11), WALL.minus(hours(99))),
        "what is older than a day counts for nothing");
  }

  @Test
  void inAnotherBootAgesAreByTheWall() {
    assertEquals(
        new RepairLog(List.of(hours(-4), hours(-3)), 2),
        MEMORY.resumed("next", hours(1), WALL.plus(hours(3))));
  }

  @Test
  void aWallClockThatWasSetBackMakesNothingOlder() {
    assertEquals(
        new RepairLog(List.of(hours(-1), hours(0)), 2),
        MEMORY.resumed("next", hours(1), WALL.minus(hours(500))));
  }

  @Test
  void aClockBehindTheMemoryOfItsOwnBootIsAnotherLife() {
    assertEquals(
        new RepairLog(List.of(hours(0), hours(1)), 2), MEMORY.resumed("boot", hours(2), WALL));
  }

  @Test
  void whereADayHasPassedNothingIsLeft() {
    assertEquals(RepairLog.EMPTY, MEMORY.resumed("next", hours(1), WALL.plus(hours(24))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"schema\":2}",
        "{\"schema\":1,\"bootId\":\"b\",\"monotonic\":\"PT1H\",\"writtenAt\":\"x\",\"acted\":[],"
            + "\"failures\":0}",
        "{\"schema\":1,\"bootId\":\"b\",\"monotonic\":\"PT1H\","
            + "\"writtenAt\":\"2026-11-24T21:00:00Z\",\"acted\":[\"PT2H\"],\"failures\":0}",
        "{\"schema\":1,\"bootId\":\"b\",\"monotonic\":\"PT1H\","
            + "\"writtenAt\":\"2026-11-24T21:00:00Z\",\"acted\":\"PT1H\",\"failures\":0}",
        "{\"schema\":1,\"bootId\":\"b\",\"monotonic\":\"PT1H\","
            + "\"writtenAt\":\"2026-11-24T21:00:00Z\",\"acted\":[],\"failures\":-1}"
      })
  void badInputIsSetAsideAndSaid(String content) throws IOException {
    assertThrows(IOException.class, () -> json.decode(content.getBytes(StandardCharsets.UTF_8)));
    Files.writeString(directory.resolve("repair.json"), content);
    StateFile.Loaded<RepairMemory> loaded = RepairMemory.file(directory).load(WALL);
    assertEquals(RepairMemory.none(), loaded.memory());
    assertTrue(
        loaded.problem().orElseThrow().endsWith("begins anew"), loaded.problem().orElseThrow());
  }
}
