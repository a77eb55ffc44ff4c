package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is on disk is read back whole, or set aside: nothing in between, and no exception. */
final class StateFileTest {
  @TempDir Path directory;

  private StateFile<Memory> file() {
    return StateFile.ofServices(directory.resolve("state.json"));
  }

  @Test
  void remembersWhatWasSaved() {
    assertEquals(Optional.empty(), file().save(Memories.docker()));
    assertEquals(
        new StateFile.Loaded<>(Memories.docker(), Optional.empty()), file().load(Memories.WALL));
  }

  @Test
  void remembersAnyMemory() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      Memory memory = Memories.random(new Random(seed));
      assertEquals(memory, MemoryJson.decode(MemoryJson.encode(memory)), "seed " + seed);
    }
  }

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    assertEquals(Optional.empty(), file().save(Memories.docker()));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(file().path(), LinkOption.NOFOLLOW_LINKS)));
  }

  @Test
  void startsCleanWithoutAWordWhereThereIsNoFile() {
    assertEquals(
        new StateFile.Loaded<>(Memory.none(), Optional.empty()), file().load(Memories.WALL));
  }

  @Test
  void everyTruncationIsSetAsideWithItsReason() throws IOException {
    byte[] whole = MemoryJson.encode(Memories.docker());
    for (int length = 0; length < whole.length - 1; length++) {
      Files.write(file().path(), Arrays.copyOf(whole, length));
      StateFile.Loaded<Memory> loaded = file().load(Memories.WALL.plusMillis(length));
      assertEquals(Memory.none(), loaded.memory(), "length " + length);
      assertTrue(loaded.problem().orElseThrow().contains("state.json.bad-"), "length " + length);
      assertFalse(Files.exists(file().path()));
    }
    assertEquals(StateFile.SET_ASIDE_KEPT, setAside().size());
  }

  @Test
  void everyFlippedByteIsReadOrSetAsideButNeverThrown() throws IOException {
    byte[] whole = MemoryJson.encode(Memories.docker());
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Files.write(file().path(), damaged);
      StateFile.Loaded<Memory> loaded = file().load(Memories.WALL);
      assertEquals(loaded.problem().isPresent(), Files.notExists(file().path()), "byte " + at);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\" : 1 | \"schema\" : 2 | newer",
        "\"schema\" : 1 | \"schema\" : 0 | state.schema",
        "\"attempt\" : 5 | \"attempt\" : -5 | state.services.docker.attempt",
        "\"attempt\" : 5 | \"attempt\" : 5.5 | state.services.docker.attempt",
        "\"attempt\" : 5 | \"attempt\" : 1e300 | state.services.docker.attempt",
        "\"attempt\" : 5 | \"attempt\" : 99999999999999999999 | state.services.docker.attempt",
        "\"attempt\" : 5 | \"attempt\" : 5, \"attempt\" : 6 | attempt",
        "\"pid\" : 812 | \"pid\" : \"812\" | docker.life.pid",
        "\"cause\" : \"DIED\" | \"cause\" : \"BORED\" | docker.down.cause",
        "\"nextAt\" : \"PT5H13S\" | \"nextAt\" : \"soon\" | docker.down.nextAt",
        "\"nextAt\" : \"PT5H13S\" | \"nextAt\" : \"PT9999999H\" | docker.down.nextAt",
        "\"nextAt\" : \"PT5H13S\" | \"nextAt\" : \"PT99999999999999999H\" | docker.down.nextAt",
        "\"monotonic\" : \"PT5H\" | \"monotonic\" : \"PT1H\" | later than the file",
        "\"writtenAt\" : \"2026 | \"writtenAt\" : \"20x6 | state.writtenAt",
        "\"services\" : { | \"services\" : [], \"x\" : { | state.services",
        "\"kills\" : [ | \"kills\" : 1, \"x\" : [ | docker.kills",
      })
  void absurdContentIsSetAsideAndNamed(String from, String to, String named) throws IOException {
    String text = new String(MemoryJson.encode(Memories.docker()), StandardCharsets.UTF_8);
    assertTrue(text.contains(from), from);
    Files.writeString(file().path(), text.replace(from, to));
    StateFile.Loaded<Memory> loaded = file().load(Memories.WALL);
    assertEquals(Memory.none(), loaded.memory());
    assertTrue(loaded.problem().orElseThrow().contains(named), loaded.problem().orElseThrow());
    assertEquals(
        text.replace(from, to),
        Files.readString(directory.resolve("state.json.bad-20261124T211453.123Z")));
  }

  @Test
  void refusesGarbageBehindAValidFile() throws IOException {
    byte[] whole = MemoryJson.encode(Memories.docker());
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    longer[whole.length] = '}';
    Files.write(file().path(), longer);
    assertTrue(file().load(Memories.WALL).problem().isPresent());
  }

  @Test
  void neverFollowsALinkNorWaitsForAPipe() throws Exception {
    Path other = directory.resolve("other");
    Files.write(other, MemoryJson.encode(Memories.docker()));
    Files.createSymbolicLink(file().path(), other);
    assertTrue(file().load(Memories.WALL).problem().isPresent());
    assertTrue(Files.exists(other));
    assertEquals(0, new ProcessBuilder("mkfifo", file().path().toString()).start().waitFor());
    assertTrue(file().load(Memories.WALL.plusSeconds(1)).problem().isPresent());
    Files.createDirectory(file().path());
    assertTrue(file().load(Memories.WALL.plusSeconds(2)).problem().isPresent());
    assertEquals(3, setAside().size());
  }

  @Test
  void anEndlessFileIsNotReadWhole() throws IOException {
    byte[] large = new byte[StateFile.SIZE_LIMIT + 1];
    Arrays.fill(large, (byte) ' ');
    Files.write(file().path(), large);
    assertTrue(file().load(Memories.WALL).problem().orElseThrow().contains("larger than"));
  }

  @Test
  void saysSoWhereNothingCanBeSavedOrSetAside() throws IOException {
    Path blocked = Files.createFile(directory.resolve("file")).resolve("state.json");
    String problem = StateFile.ofServices(blocked).save(Memories.docker()).orElseThrow();
    assertTrue(problem.contains(blocked.toString()), problem);
    assertTrue(StateFile.ofServices(blocked).load(Memories.WALL).problem().isPresent());
  }

  @Test
  void aFailedSaveKeepsTheOldFile() throws IOException {
    assertEquals(Optional.empty(), file().save(Memories.docker()));
    byte[] before = Files.readAllBytes(file().path());
    // Stands in the way of the temporary file, as a full disk would.
    Path obstacle = Files.createDirectory(directory.resolve(".state.json.new"));
    Files.createFile(obstacle.resolve("x"));
    assertTrue(file().save(Memories.withAttempt(6)).isPresent());
    assertArrayEquals(before, Files.readAllBytes(file().path()));
  }

  private List<Path> setAside() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.toString().contains(".bad-")).toList();
    }
  }
}
