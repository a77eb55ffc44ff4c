package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import java.util.Optional;

/**
 * G1: whether etcd is in a state in which a voter may be spent, and if not, why and what ends it.
 */
record QuorumRule(Disruption wanted, Voters voters) {

  Optional<GateRefusal> refusal() {
    return switch (voters.view().state()) {
      case QUORUM_FULL, QUORUM_DEGRADED -> unproven().or(this::cutOff);
      case QUORUM_AT_RISK -> unproven().or(this::cutOff).or(this::atRisk);
      case SINGLE -> Optional.of(single());
      case QUORUM_LOST -> lost();
      case QUORUM_UNKNOWN -> Optional.of(unknown());
      case PARTITIONED_SELF -> Optional.of(partitioned());
      case READ_ONLY -> Optional.of(LockRule.readOnly(wanted));
      case CORRUPT, SPLIT_VIEW ->
          no(
              "the state of etcd is " + voters.view().state() + ": " + voters.view().summary(),
              "Restart nothing; see: ha-supervisor etcd status.");
      case DATA_REGRESSION -> Optional.of(DataRule.older(wanted));
    };
  }

  private Optional<GateRefusal> no(String why, String cure) {
    return Optional.of(new Sentences(wanted).refusal(GateReason.QUORUM_STATE, why, cure));
  }

  private String price() {
    return new Sentences(wanted).price();
  }

  /** Ends with the next round. */
  private Optional<GateRefusal> unproven() {
    return voters.proven() ? Optional.empty() : Optional.of(unknown());
  }

  private GateRefusal unknown() {
    return new Sentences(wanted)
        .refusal(
            GateReason.QUORUM_STATE,
            price()
                + ", and nothing proves at present that quorum exists: "
                + voters.view().summary(),
            "See: ha-supervisor etcd status.");
  }

  private Optional<GateRefusal> cutOff() {
    return voters
            .view()
            .own()
            .map(MemberView::state)
            .filter(MemberState.LOCAL_ONLY::equals)
            .isPresent()
        ? Optional.of(partitioned())
        : Optional.empty();
  }

  private GateRefusal partitioned() {
    return new Sentences(wanted)
        .refusal(
            GateReason.QUORUM_STATE,
            "this host's member of etcd answers and finds no leader, while the cluster works: the"
                + " network is the cause, and "
                + new Sentences(wanted).doing()
                + " mends none",
            "Check this host's links, its firewall and its peer certificates (port 2380 in both"
                + " directions).");
  }

  private Optional<GateRefusal> atRisk() {
    if (voters.onlyOwnUnwell()) {
      return Optional.empty();
    }
    if (!voters.listed()) {
      return no(
          price() + ", and no member list says how many voters there are",
          "See: ha-supervisor etcd status.");
    }
    String missing = voters.unhealthy();
    return missing.isEmpty()
        ? no(
            price()
                + ", and none of the "
                + voters.view().voters()
                + " voters can be spared: quorum needs "
                + voters.needed(),
            "Add a master, so that one may be away.")
        : no(
            price()
                + ", and no voter can be spared while "
                + missing
                + ": quorum needs "
                + voters.needed()
                + " of "
                + voters.view().voters(),
            "Bring back " + String.join(", ", voters.missing()) + "; it is then done by itself.");
  }

  private GateRefusal single() {
    return new Sentences(wanted)
        .refusal(
            GateReason.QUORUM_STATE,
            price() + ", which is the only one: etcd and the apiserver would be away",
            "Choose the time for it.");
  }

  private Optional<GateRefusal> lost() {
    return no(
        "quorum is lost, and this host's member, which runs, is one of those that must come back"
            + " together: "
            + voters.view().summary(),
        "Bring back enough of the others: ha-supervisor etcd status.");
  }
}
