package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.manifest.Course;
import io.hasupervisor.decide.manifest.Fallback;
import io.hasupervisor.decide.manifest.RolloutBecause;
import io.hasupervisor.decide.manifest.RolloutFacts.Ours;
import io.hasupervisor.decide.manifest.RolloutPhase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the placement remembers over a restart. */
final class RolloutJsonTest {
  private static final Duration AT = Duration.ofSeconds(500);
  private static final Course COURSE =
      new Course(
          true,
          Set.of("etcd", "web"),
          Optional.of(
              new Course.Wait(
                  "web", Duration.ofSeconds(400), Optional.of(Duration.ofSeconds(410)), true)));
  private static final Fallback FROM = new Fallback(3, "web", RolloutBecause.CRASH_LOOP, "exit 1");

  private final RolloutJson json = new RolloutJson();

  private static RolloutMemory memory(RolloutPhase phase) {
    return new RolloutMemory(
        "boot",
        AT,
        Instant.parse("2026-11-24T20:00:00Z"),
        Instant.parse("2026-11-24T19:00:00Z"),
        phase,
        Optional.of(2),
        Optional.of(4),
        Map.of("etcd", new Ours("ab", Instant.EPOCH)),
        Set.of("etcd"));
  }

  @Test
  void everyPhaseComesBackAsItWas() throws IOException {
    for (RolloutPhase phase :
        List.of(
            new RolloutPhase.None(),
            new RolloutPhase.Observed("kubeadm"),
            new RolloutPhase.Placing(COURSE),
            new RolloutPhase.Settling(Optional.empty()),
            new RolloutPhase.Placed(),
            new RolloutPhase.RollingBack(COURSE, FROM),
            new RolloutPhase.RolledBack(FROM),
            new RolloutPhase.RollbackFailed(FROM, "etcd", "no"))) {
      RolloutMemory written = memory(phase);
      assertEquals(written, json.decode(json.encode(written)));
    }
  }

  @Test
  void everyCutOfTheFileIsRefused() {
    byte[] whole = json.encode(memory(new RolloutPhase.Placing(COURSE)));
    for (int length = 0; length < whole.length - 2; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(IOException.class, () -> json.decode(cut));
    }
  }

  @Test
  void aNewerSchemaAndAPhaseWithoutATargetAreRefused() {
    String text =
        new String(json.encode(memory(new RolloutPhase.Placed())), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            text.replace("\"schema\" : 1", "\"schema\" : 2"),
            text.replace("\"target\" : 2,", ""),
            text.replace("\"PLACED\"", "\"PLEASED\""))) {
      assertThrows(IOException.class, () -> json.decode(bad.getBytes(StandardCharsets.UTF_8)), bad);
    }
  }

  @Test
  void aRebootKeepsTheWayButBeginsItsLimitsAnew() {
    RolloutMemory before = memory(new RolloutPhase.RollingBack(COURSE, FROM));
    assertEquals(before.phase(), before.resumed("boot", AT.plusSeconds(9)));
    RolloutPhase rebooted = before.resumed("other", Duration.ofSeconds(20));
    assertEquals(Optional.empty(), rebooted.way().orElseThrow().awaited());
    assertEquals(COURSE.placed(), rebooted.way().orElseThrow().placed());
  }

  @Test
  void timePassingAloneIsNotWorthAWrite() {
    RolloutMemory before = memory(new RolloutPhase.Placed());
    RolloutMemory later =
        new RolloutMemory(
            "boot",
            AT.plusSeconds(60),
            before.wall().plusSeconds(60),
            before.since(),
            before.phase(),
            before.target(),
            before.ordered(),
            before.ours(),
            before.ran());
    assertFalse(later.differsFrom(before));
    assertTrue(memory(new RolloutPhase.Settling(Optional.empty())).differsFrom(before));
  }
}
