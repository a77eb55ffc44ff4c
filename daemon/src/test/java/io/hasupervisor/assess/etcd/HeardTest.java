package io.hasupervisor.assess.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as a new word of another master. */
final class HeardTest {
  private static final Heard FIRST = new Heard(word("boot", 100), at(10), Optional.empty());

  private static Duration at(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Attestation word(String boot, long sequence) {
    return new Attestation(
        new EtcdId(1),
        new EtcdId(2),
        "m2",
        "machine",
        boot,
        sequence,
        1,
        1,
        "3.4.23",
        Duration.ZERO,
        List.of(),
        true,
        "",
        "",
        "none",
        HostReport.NONE,
        Instant.EPOCH);
  }

  @Test
  void theFirstWordIsOfAnyAge() {
    assertFalse(FIRST.fresh(at(10)));
  }

  @Test
  void aWordThatGrewWasWrittenAfterTheLookBefore() {
    Heard next = FIRST.after(word("boot", 101), at(20));
    assertEquals(Optional.of(at(10)), next.written());
    assertTrue(next.fresh(at(85)));
    assertFalse(next.fresh(at(86)));
  }

  @Test
  void theSameWordReadAgainIsAsOldAsItWas() {
    Heard again = FIRST.after(word("boot", 101), at(20)).after(word("boot", 101), at(90));
    assertEquals(Optional.of(at(10)), again.written());
    assertFalse(again.fresh(at(90)));
  }

  @Test
  void aRebootedHostSpeaksAnew() {
    assertEquals(Optional.of(at(10)), FIRST.after(word("next boot", 5000), at(20)).written());
  }

  @Test
  void anOlderWordPlayedAgainIsNoSignOfLifeUntilItGrows() {
    Heard replayed = FIRST.after(word("boot", 101), at(20)).after(word("boot", 99), at(30));
    assertFalse(replayed.fresh(at(30)));
    assertTrue(replayed.after(word("boot", 100), at(40)).fresh(at(40)));
  }
}
