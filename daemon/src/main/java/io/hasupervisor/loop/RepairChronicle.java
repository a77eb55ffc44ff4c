package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.publish.Plain;
import io.hasupervisor.publish.RepairStatusView;

/** Tells the events and the journal of every step of a repair, once. */
final class RepairChronicle {
  /** The name under which repairs appear among the services' events. */
  static final String NAME = "repair";

  private static final int ORDER = 500;

  private final Announcer announcer;
  private RepairPhase told = new RepairPhase.Idle();

  RepairChronicle(Announcer announcer) {
    this.announcer = announcer;
  }

  /** An operator's word, which may cost all masters their etcd. */
  void accepted(Acceptance acceptance) {
    announcer.announce(
        NAME,
        told.label(),
        told.label(),
        "QUORUM_LOSS_ACCEPTED",
        Plain.line(acceptance.by(), 64)
            + " accepts that etcd's quorum may be lost by the order on "
            + subject(acceptance)
            + ", until that has come to its end, for "
            + Words.length(Acceptance.LONGEST)
            + " at most.",
        false);
  }

  /** The order has come to its end, or it took too long. */
  void over(Acceptance acceptance) {
    announcer.announce(
        NAME,
        told.label(),
        told.label(),
        "QUORUM_LOSS_NO_LONGER_ACCEPTED",
        "The order of "
            + Plain.line(acceptance.by(), 64)
            + " on "
            + subject(acceptance)
            + " has come to its end, or waited for too long; that etcd's quorum may be lost is not"
            + " accepted any more.",
        true);
  }

  private static String subject(Acceptance acceptance) {
    return acceptance.subject().isEmpty() ? "this host" : acceptance.subject();
  }

  /** An operator changed the lock. */
  void ordered(String code, String what) {
    announcer.announce(
        "lock",
        told.label(),
        told.label(),
        code,
        Plain.line(what, ORDER),
        !code.equals("LOCK_BROKEN") && !code.equals("LOCK_REPLACED"));
  }

  /** Where a repair stands now; what was told already, and asking again after a no, is no news. */
  void stands(RepairPhase phase) {
    boolean asksAgain = phase instanceof RepairPhase.Asking && told instanceof RepairPhase.Blocked;
    boolean news =
        !told.label().equals(phase.label())
            || !RepairStatusView.reason(told).equals(RepairStatusView.reason(phase));
    if (news && !asksAgain) {
      announcer.announce(
          NAME,
          told.label(),
          phase.label(),
          RepairStatusView.reason(phase).orElse(phase.label()),
          RepairStatusView.explain(phase),
          RepairStatusView.good(phase));
      told = phase;
    }
  }
}
