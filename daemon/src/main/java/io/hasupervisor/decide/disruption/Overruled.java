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
          refusal.reason().mayBeOverruled()
              ? new Ruling.Locked(false, endsEtcd(wanted, scene))
              : ruling;
    };
  }

  /** Whether it ends a living etcd, which then had better end by itself. */
  private static boolean endsEtcd(Disruption wanted, Scene scene) {
    boolean containers = wanted.subject().equals("docker") && !scene.liveRestore();
    return (containers || wanted.subject().isEmpty())
        && scene.process() instanceof ProcessSeen.Alive;
  }
}
