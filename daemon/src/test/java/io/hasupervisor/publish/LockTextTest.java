package io.hasupervisor.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.publish.LockStatus.FreezeStatus;
import io.hasupervisor.publish.LockStatus.HolderStatus;
import io.hasupervisor.publish.LockStatus.PastStatus;
import io.hasupervisor.publish.LockStatus.RollingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read at three about the lock. */
final class LockTextTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final Rendering WIDE = new Rendering(false, 250, false);

  private static LockStatus lock(
      Optional<HolderStatus> holder, Optional<RollingStatus> rolling, Duration age) {
    return new LockStatus(
        true,
        "",
        holder,
        Optional.empty(),
        List.of(
            new PastStatus(
                "m1", "restart docker", "DONE", AT.minusSeconds(900), AT.minusSeconds(720))),
        rolling,
        Optional.of(AT.minus(age)),
        Optional.of(age.toMillis()));
  }

  private static HolderStatus holder(String node) {
    return new HolderStatus(
        node,
        "machine",
        Optional.empty(),
        "restart docker",
        "asked for by daemon",
        AT.minusSeconds(200),
        Optional.of(AT.minusSeconds(180)),
        900);
  }

  private static RollingStatus rolling(List<String> done, Optional<String> stopped) {
    return new RollingStatus(
        "r",
        "restart docker",
        "eva on m1",
        "docker 1.13",
        AT.minusSeconds(600),
        List.of("m1", "m2", "m3"),
        done,
        stopped);
  }

  private static Status status(String node) {
    return new Status(
        1,
        node,
        "1",
        AT,
        Status.Level.OK,
        "",
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void saysWhoHoldsItByBothClocksAndWhoDidBefore() {
    assertEquals(
        """
        LOCK held by m2 to restart docker
          asked for by daemon
          taken 3m 20s ago by the clock of m2, known here for 3m
        BEFORE, newest first
          m1: restart docker, DONE 12m ago after 3m
        """,
        LockText.lock(
            lock(Optional.of(holder("m2")), Optional.empty(), Duration.ofSeconds(3)), AT, WIDE));
  }

  @Test
  void whatIsOldSaysSo() {
    String text =
        LockText.lock(lock(Optional.empty(), Optional.empty(), Duration.ofMinutes(4)), AT, WIDE);
    assertTrue(text.startsWith("As known 4m ago: etcd"), text);
    assertTrue(text.contains("LOCK free\n"), text);
  }

  @Test
  void whatIsNotUnderstoodNamesItsCure() {
    LockStatus garbage =
        new LockStatus(
            false,
            "it is no JSON",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of(AT),
            Optional.of(0L));
    assertEquals(
        "LOCK not understood, counts as held: it is no JSON; to replace it: ha-supervisor lock"
            + " break\n",
        LockText.lock(garbage, AT, WIDE));
  }

  @Test
  void wordsOfOtherHostsCannotSteerATerminal() {
    LockStatus lock =
        new LockStatus(
            true,
            "",
            Optional.empty(),
            Optional.of(new FreezeStatus("eva\u001b[2J", "x\ny", AT)),
            List.of(),
            Optional.empty(),
            Optional.of(AT),
            Optional.of(0L));
    String text = LockText.lock(lock, AT, WIDE);
    assertTrue(!text.contains("\u001b") && text.lines().count() == 2, text);
  }

  @Test
  void turnsAreToldMasterByMaster() {
    String goes =
        LockText.rolling(
            lock(
                Optional.of(holder("m2")),
                Optional.of(rolling(List.of("m1"), Optional.empty())),
                Duration.ZERO),
            status("m1"),
            WIDE);
    assertEquals(
        """
        EVERY MASTER IN TURN restart docker: goes on, 1 of 3 done; ordered by eva on m1 10m ago: docker 1.13
          m1: done
          m2: under way, begun 3m 20s ago
          m3: waits for its turn
        """,
        goes);
    String stopped =
        LockText.rolling(
            lock(
                Optional.empty(),
                Optional.of(rolling(List.of("m1"), Optional.of("m2 did not end well"))),
                Duration.ZERO),
            status("m1"),
            WIDE);
    assertTrue(stopped.contains("stopped: m2 did not end well, 1 of 3 done"), stopped);
    assertTrue(stopped.contains("m2: not done\n"), stopped);
    assertTrue(stopped.endsWith("by: ha-supervisor rolling restart docker\n"), stopped);
    String failed =
        LockText.rolling(
            lock(
                Optional.of(holder("m2")),
                Optional.of(rolling(List.of("m1"), Optional.of("m2 did not end well"))),
                Duration.ZERO),
            status("m1"),
            WIDE);
    assertTrue(failed.contains("m2: begun; it keeps the lock until it is well"), failed);
    assertTrue(failed.contains("m3: not done\n"), failed);
    String finished =
        LockText.rolling(
            lock(
                Optional.empty(),
                Optional.of(rolling(List.of("m1", "m2", "m3"), Optional.empty())),
                Duration.ZERO),
            status("m1"),
            WIDE);
    assertTrue(finished.contains("finished, 3 of 3 done"), finished);
    assertEquals(
        "nothing is done in turns, nor was it last\n",
        LockText.rolling(
            lock(Optional.empty(), Optional.empty(), Duration.ZERO), status("m1"), WIDE));
  }
}
