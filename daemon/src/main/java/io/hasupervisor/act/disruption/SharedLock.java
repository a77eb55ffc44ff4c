package io.hasupervisor.act.disruption;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockJson;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdLook;
import io.hasupervisor.observe.etcd.Swap;
import java.time.Duration;

/** Writes the lock by which the masters take turns; nothing is ever repeated here. */
public record SharedLock(EtcdLook etcd) {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Sets it where its revision is still {@code expected}. */
  public RepairOutcome write(LockDocument next, long expected) throws InterruptedException {
    return outcome(etcd.setLock(LockJson.encode(next), expected, DEADLINE));
  }

  static RepairOutcome outcome(Answer<Swap> answer) {
    return switch (answer) {
      case Answer.Got<Swap> got ->
          switch (got.value()) {
            case Swap.Set set -> new RepairOutcome.Done(set.revision());
            case Swap.Lost _ -> new RepairOutcome.Lost();
          };
      case Answer.NotAsked<Swap> not ->
          new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, not.why());
      case Answer.Failed<Swap> failed -> failed(failed);
    };
  }

  private static RepairOutcome failed(Answer.Failed<Swap> failed) {
    return switch (failed.fault()) {
      case NO_SPACE -> new RepairOutcome.Failed(GateReason.LOCK_READ_ONLY, failed.detail());
      case REFUSED, TLS, DENIED, LEARNER, REMOVED, CORRUPT ->
          new RepairOutcome.Failed(GateReason.LOCK_UNREACHABLE, failed.detail());
      case TIMEOUT, UNREACHABLE, NO_LEADER, NO_QUORUM, GARBAGE, ERROR ->
          new RepairOutcome.Uncertain(failed.detail());
    };
  }
}
