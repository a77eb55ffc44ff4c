package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.RepairAction;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What other threads tell the desk of repairs, through the loop. */
sealed interface RepairNews {

  /** What outlived the last daemon was read. */
  record Recalled(RepairMemory memory, String identity, String problem) implements RepairNews {}

  /** This host was looked at, for somebody's sake or on its own. */
  record HostLooked(HostSeen seen, Optional<RepairAsk> sake) implements RepairNews {}

  /** The lock was read through consensus; that began at {@code asked}. */
  record LockAnswered(Answer<LockSeen> lock, Duration asked) implements RepairNews {}

  /**
   * An operator's order about the lock was carried out, after which {@code lock} was read; that
   * began at {@code asked}.
   *
   * @param code stable name of what was done
   */
  record LockOrdered(String code, String told, LockSeen lock, Duration asked)
      implements RepairNews {}

  /** An action ended. */
  record Ended(RepairAction action, RepairOutcome outcome, Duration at) implements RepairNews {}

  /** He who waited for this answer has gone. */
  record Gone(CompletableFuture<Outcome> answer) implements RepairNews {}
}
