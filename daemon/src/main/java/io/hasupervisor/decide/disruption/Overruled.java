package io.hasupervisor.decide.disruption;

import io.hasupervisor.observe.etcd.ProcessSeen;

/** What an operator's word makes of a ruling: everything is allowed but to lose the data. */
final class Overruled {
  private Overruled() {}

  static Ruling of(Ruling ruling, Disruption wanted, Scene scene) {
    return switch (ruling) {
      case Ruling.Free free -> free;
      case Ruling.Locked(boolean vote, boolean endsEtcd) -> new Ruling.Locked(false, endsEtcd);
      case Ruling.Refused(GateRefusal refusal) ->
          switch (refusal.reason()) {
            case DATA_REGRESSION, DATA_DIR_LOST -> ruling;
            case BUDGET,
                MAINTENANCE,
                QUORUM_STATE,
                NO_INDEPENDENT_PROOF,
                WOULD_LOSE_QUORUM,
                MEMBERSHIP_CHANGING,
                ALARM,
                UNSTABLE,
                LAG,
                LAST_APISERVER,
                OTHER_MASTER_BUSY,
                LOCK_HELD,
                FROZEN,
                LOCK_UNREADABLE,
                LOCK_READ_ONLY,
                LOCK_UNREACHABLE,
                BUSY,
                EVIDENCE_OLD,
                MEMBER_HUNG,
                ITS_TURN ->
                new Ruling.Locked(false, endsEtcd(wanted, scene));
          };
    };
  }

  /** Whether it ends a living etcd, which then had better end by itself. */
  private static boolean endsEtcd(Disruption wanted, Scene scene) {
    boolean containers = wanted.subject().equals("docker") && !scene.liveRestore();
    return (containers || wanted.subject().isEmpty())
        && scene.process() instanceof ProcessSeen.Alive;
  }
}
