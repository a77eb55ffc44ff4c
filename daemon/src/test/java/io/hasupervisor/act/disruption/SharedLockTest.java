package io.hasupervisor.act.disruption;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Swap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SharedLockTest {
  /** What may have been written must never pass for what was not. */
  @ParameterizedTest
  @CsvSource({
    "REFUSED, LOCK_UNREACHABLE",
    "TLS, LOCK_UNREACHABLE",
    "DENIED, LOCK_UNREACHABLE",
    "LEARNER, LOCK_UNREACHABLE",
    "REMOVED, LOCK_UNREACHABLE",
    "CORRUPT, LOCK_UNREACHABLE",
    "NO_SPACE, LOCK_READ_ONLY",
    "TIMEOUT, uncertain",
    "UNREACHABLE, uncertain",
    "NO_LEADER, uncertain",
    "NO_QUORUM, uncertain",
    "GARBAGE, uncertain",
    "ERROR, uncertain",
  })
  void whatIsNotKnownIsSaidToBeSo(Fault fault, String expected) {
    RepairOutcome outcome =
        SharedLock.outcome(new Answer.Failed<>(fault, "etcd's words", Duration.ZERO));
    assertEquals(
        expected,
        switch (outcome) {
          case RepairOutcome.Failed failed -> failed.reason().name();
          case RepairOutcome.Uncertain _ -> "uncertain";
          case RepairOutcome.Done _, RepairOutcome.Lost _ -> outcome.toString();
        });
  }

  @Test
  void aSetLockHasItsRevision() {
    assertEquals(
        new RepairOutcome.Done(7),
        SharedLock.outcome(new Answer.Got<>(new Swap.Set(7), Duration.ZERO)));
  }
}
