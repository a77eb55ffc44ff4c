package io.hasupervisor.decide.disruption;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a lock is taken from its holder without an operator. */
final class BreakRuleTest {
  private static final LockDocument HELD =
      LockChange.taken(LockDocument.EMPTY, Holders.of("m9", 9, "n", Instant.EPOCH));

  private static Evidence heldForHours() {
    Evidence evidence = Evidence.three();
    evidence.lock = Optional.of(new LockSeen.Readable(HELD, 7));
    evidence.holderSince = Optional.of(Evidence.NOW.minus(Duration.ofHours(2)));
    return evidence;
  }

  private static boolean broken(Evidence evidence) {
    return BreakRule.permits(evidence.settings, evidence.scene(), evidence.facts(), evidence.now);
  }

  @Test
  void aHolderThatTheListDoesNotNameIsGone() {
    assertTrue(broken(heldForHours()));
  }

  /** Only the members that the configuration names were asked: its own may be none of them. */
  @Test
  void aLockInUseIsNotBrokenWhereNoMemberListWasRead() {
    Evidence evidence = heldForHours();
    evidence.reasons = List.of("NO_MEMBER_LIST");
    assertFalse(broken(evidence));
  }
}
