package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.Words;
import java.time.Duration;

/** Refusals of one disruption in words: what it would cost, and the order that does it anyway. */
record Sentences(Disruption wanted) {
  /** Where the next round of evidence may change it. */
  static final Duration ROUND = Duration.ofSeconds(10);

  /** A refusal that an operator may overrule. */
  GateRefusal refusal(GateReason reason, String why, String cure, Duration again) {
    return new GateRefusal(
        reason,
        Words.sentence(why) + (why.endsWith(".") ? "" : "."),
        cure.isEmpty() ? anyway() : cure + " " + anyway(),
        again);
  }

  GateRefusal refusal(GateReason reason, String why, String cure) {
    return refusal(reason, why, cure, ROUND);
  }

  /** {@code restarting docker would stop this host's member of etcd}. */
  String price() {
    return switch (wanted.kind()) {
      case START ->
          "starting docker would end what outlived it, this host's member of etcd among it";
      case RESTART, STOP -> doing() + " would stop this host's member of etcd";
      case PLACE ->
          doing()
              + (wanted.subject().equals(Cost.ETCD)
                  ? " would restart this host's member of etcd"
                  : " would restart this host's apiserver");
      case REBOOT -> "a reboot would stop this host's member of etcd";
    };
  }

  /** {@code restarting docker}. */
  String doing() {
    return switch (wanted.kind()) {
      case START -> "starting " + wanted.subject();
      case RESTART -> "restarting " + wanted.subject();
      case STOP -> "stopping " + wanted.subject();
      case PLACE -> "placing another " + wanted.subject();
      case REBOOT -> "a reboot";
    };
  }

  private String anyway() {
    String command =
        switch (wanted.kind()) {
          case PLACE -> "manifests place";
          case REBOOT -> wanted.words() + " --when-safe";
          case START, STOP, RESTART -> wanted.words();
        };
    return "To do it all the same, at that price: ha-supervisor "
        + command
        + " --accept-quorum-loss";
  }
}
