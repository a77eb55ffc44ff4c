package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the other masters' daemons wrote through their members, and when (control-plane 3.1.3).
 * Their clocks are not believed: a member is attested by a sequence number that changed under our
 * eyes.
 */
record Attestations(Map<EtcdId, Heard> of) {
  static final Attestations NONE = new Attestations(Map.of());

  Attestations {
    of = Map.copyOf(of);
  }

  /**
   * The newest of one member.
   *
   * @param read monotonic time at which it was last read
   * @param written monotonic time after which it was certainly written: when the one before it was
   *     last read. Empty for the first one, which may be of any age
   */
  record Heard(Attestation newest, Duration read, Optional<Duration> written) {

    private Heard after(Attestation next, Duration at) {
      boolean same = next.sequence() == newest.sequence() && next.bootId().equals(newest.bootId());
      return new Heard(next, at, same ? written : Optional.of(read));
    }

    /** {@code new 12 s ago}, {@code stale, 5 min 10 s ago}. */
    String told(Duration now) {
      return written
          .map(then -> (fresh(now) ? "new " : "stale, ") + Words.length(now.minus(then)) + " ago")
          .orElse("of unknown age");
    }

    boolean fresh(Duration now) {
      return written.isPresent() && Limits.within(Limits.ATTESTATION, written.get(), now);
    }
  }

  Attestations after(EtcdRound round) {
    Map<EtcdId, Heard> next = new HashMap<>(of);
    for (Attestation read : round.attestations().got().orElse(List.of())) {
      Heard before = next.get(read.member());
      next.put(
          read.member(),
          before == null
              ? new Heard(read, round.at(), Optional.empty())
              : before.after(read, round.at()));
    }
    return new Attestations(next);
  }

  /** Of this member, as a member of this cluster. */
  Optional<Heard> of(Optional<EtcdId> member, Optional<EtcdId> cluster) {
    return member
        .map(of::get)
        .filter(heard -> cluster.filter(heard.newest().cluster()::equals).isPresent());
  }
}
