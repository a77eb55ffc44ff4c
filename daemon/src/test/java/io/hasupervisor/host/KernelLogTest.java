package io.hasupervisor.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.KernelLog.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelLogTest {
  @TempDir Path directory;

  @Test
  void aRecordIsItsLevelTimeAndFirstLine() {
    assertEquals(
        Optional.of(new Entry(3, Duration.ofMillis(1500), "I/O error; dev sdb")),
        Entry.parse(
            "3,42,1500000,-,caller=T1;I/O error; dev sdb\n SUBSYSTEM=block\n DEVICE=b8:16\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "3,42,1500000;I/O error",
        "x,42,1500000,-;I/O error",
        "3,42,99999999999999999999,-;I/O error",
        "3,42,9223372036854775807,-;I/O error",
        // A program's: facility 3.
        "27,42,1500000,-;I/O error",
        "-5,42,1500000,-;I/O error",
        "no record at all",
      })
  void whatIsNotTheKernelsOwnWordIsLeftOut(String record) {
    assertEquals(Optional.empty(), Entry.parse(record));
  }

  @Test
  void eachRecordIsReadOnceAndKept() throws Exception {
    Path file = Files.writeString(directory.resolve("kmsg"), "3,1,1000,-;one\n");
    KernelLog log = new KernelLog(file, entry -> !entry.text().equals("two"));
    List<Entry> one = List.of(new Entry(3, Duration.ofMillis(1), "one"));
    assertEquals(one, log.entries());
    assertEquals(one, log.entries());
    Files.writeString(file, "4,2,2000,-;two\n", StandardOpenOption.APPEND);
    assertEquals(one, log.entries());
    Files.writeString(file, "4,3,3000,-;three\n", StandardOpenOption.APPEND);
    assertEquals(2, log.entries().size());
  }

  @Test
  void theNewestAreKeptWhenTooManyAreWanted() throws Exception {
    Path file = Files.createFile(directory.resolve("kmsg"));
    KernelLog log = new KernelLog(file, _ -> true);
    for (int i = 0; i < 250; i++) {
      Files.writeString(file, "3,1,1000,-;" + i + "\n", StandardOpenOption.APPEND);
      log.entries();
    }
    assertEquals(200, log.entries().size());
    assertEquals("50", log.entries().getFirst().text());
  }

  @Test
  void aLogThatMayNotBeReadIsEmpty() {
    assertEquals(List.of(), new KernelLog(directory.resolve("absent"), _ -> true).entries());
  }

  @Test
  void theRealOneIsReadToItsEndWithoutWaiting() {
    KernelLog log = new KernelLog(Path.of("/dev/kmsg"), _ -> true);
    List<Entry> entries =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              List<Entry> _ = log.entries();
              return log.entries();
            });
    entries.forEach(entry -> assertTrue(entry.at().compareTo(Libc.monotonic().plusSeconds(5)) < 0));
  }
}
