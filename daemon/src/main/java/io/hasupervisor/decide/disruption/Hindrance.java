package io.hasupervisor.decide.disruption;

/** What may come between the asking and the acting, beside the gate and the lock, in words. */
final class Hindrance {
  private Hindrance() {}

  /** Something else is being done, or was. */
  static GateRefusal busy(Disruption wanted, String with) {
    return new Sentences(wanted)
        .refusal(
            GateReason.BUSY,
            "this master is busy: " + with,
            "It is asked for again by itself: ha-supervisor status.");
  }

  /** The lock was ours. */
  static GateRefusal lost(Disruption wanted) {
    return new Sentences(wanted)
        .refusal(
            GateReason.LOCK_HELD,
            "the lock of repairs was taken away from this host before anything was done",
            "See: ha-supervisor lock show.");
  }

  /** This host was not looked at for too long. */
  static GateRefusal old(Disruption wanted) {
    return new Sentences(wanted)
        .refusal(
            GateReason.EVIDENCE_OLD,
            "nothing was seen of etcd right before acting",
            "It is asked for again by itself: ha-supervisor etcd status.");
  }
}
