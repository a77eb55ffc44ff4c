package io.hasupervisor.act.disruption;

import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdChannel;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdLook;
import java.time.Duration;
import java.util.Optional;

/** Moves etcd's leadership from this host's member to another one, lest its end costs a vote. */
public record LeaderMove(EtcdLook etcd) {
  private static final Duration DEADLINE = Duration.ofSeconds(7);

  /** Seven seconds at most. Only the leader can be asked for it. */
  public RepairOutcome to(EtcdId member) throws InterruptedException {
    Optional<EtcdChannel> own = etcd.own();
    return own.isEmpty()
        ? failed("this host has no member of etcd 3 that could be asked")
        : outcome(own.get().moveLeader(member, DEADLINE));
  }

  private static RepairOutcome outcome(Answer<EtcdId> answer) {
    return switch (answer) {
      case Answer.Got<EtcdId> _ -> new RepairOutcome.Done(0);
      case Answer.NotAsked<EtcdId> not -> failed(not.why());
      case Answer.Failed<EtcdId> failed ->
          switch (failed.fault()) {
            case TIMEOUT, UNREACHABLE, NO_QUORUM, GARBAGE ->
                new RepairOutcome.Uncertain(failed.detail());
            case REFUSED, TLS, DENIED, NO_LEADER, CORRUPT, NO_SPACE, LEARNER, REMOVED, ERROR ->
                failed(failed.detail());
          };
    };
  }

  private static RepairOutcome failed(String why) {
    return new RepairOutcome.Failed(GateReason.QUORUM_STATE, why);
  }
}
