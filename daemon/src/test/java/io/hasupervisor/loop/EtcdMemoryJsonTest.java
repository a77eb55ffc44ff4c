package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.observe.etcd.EtcdId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was proven of etcd, over a restart. */
final class EtcdMemoryJsonTest {
  private static final EtcdMaxima MOST =
      new EtcdMaxima(
          new EtcdId(-3),
          Optional.of(new EtcdId(0x10)),
          812_233,
          900_000,
          7,
          Instant.parse("2026-11-24T21:00:00Z"));

  private final EtcdMemoryJson json = new EtcdMemoryJson();

  @Test
  void comesBackAsItWas() throws IOException {
    for (EtcdMemory memory :
        List.of(
            EtcdMemory.none(),
            new EtcdMemory(Optional.of(MOST)),
            new EtcdMemory(
                Optional.of(
                    new EtcdMaxima(MOST.cluster(), Optional.empty(), 1, 0, 1, MOST.at()))))) {
      assertEquals(memory, json.decode(json.encode(memory)));
    }
  }

  @Test
  void looksLikeThis() {
    assertEquals(
        """
        {
          "schema" : 1,
          "proven" : {
            "clusterId" : "fffffffffffffffd",
            "memberId" : "10",
            "revision" : 812233,
            "raftIndex" : 900000,
            "raftTerm" : 7,
            "at" : "2026-11-24T21:00:00Z"
          }
        }
        """,
        new String(json.encode(new EtcdMemory(Optional.of(MOST))), StandardCharsets.UTF_8));
  }

  @Test
  void whatIsAnythingElseIsNotTakenForMemory() {
    String good =
        new String(json.encode(new EtcdMemory(Optional.of(MOST))), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            good.replace("\"schema\" : 1", "\"schema\" : 2"),
            good.replace("fffffffffffffffd", "xyz"),
            good.replace("fffffffffffffffd", "0"),
            good.replace("812233", "-1"),
            good.replace("812233", "\"812233\""),
            good.substring(0, good.length() / 2))) {
      assertThrows(IOException.class, () -> json.decode(bad.getBytes(StandardCharsets.UTF_8)), bad);
    }
  }

  @Test
  void aDamagedFileIsSetAsideAndItsLossIsTold(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("etcd-memory.json"), "{\"schema\":");
    StateFile.Loaded<EtcdMemory> loaded =
        new StateFile<>(file, json).load(Instant.parse("2026-11-24T21:00:00Z"));
    assertEquals(EtcdMemory.none(), loaded.memory());
    String told = loaded.problem().orElseThrow();
    assertTrue(told.contains("set aside"), told);
    assertTrue(told.contains("cannot be told until a read through quorum"), told);
    assertTrue(Files.notExists(file));
  }
}
