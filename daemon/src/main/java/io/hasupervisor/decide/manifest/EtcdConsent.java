package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.RolloutAction.AskConsent;
import io.hasupervisor.decide.manifest.RolloutAction.Occasion;
import java.time.Duration;
import java.util.Optional;

/** What etcd's state forbids to be placed without an operator's order. */
public final class EtcdConsent {
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private EtcdConsent() {}

  /** Why not; empty where etcd has nothing against it. */
  public static Optional<Outcome.Refused> refusal(AskConsent ask, EtcdFacts etcd) {
    if (etcd.state().filter(ClusterState.DATA_REGRESSION::equals).isPresent()) {
      return Optional.of(
          new Outcome.Refused(
              "etcd",
              "etcd's data is older than this host saw before, and what is here may be the only"
                  + " copy; after a restore: ha-supervisor etcd accept-restore",
              AGAIN));
    }
    boolean back = ask.occasion() == Occasion.ROLL_BACK && Patience.isEtcd(ask.manifest());
    return etcd.raised()
        .filter(raised -> back && below(ask, raised))
        .map(
            raised ->
                new Outcome.Refused(
                    "etcd",
                    "etcd's data belongs to version "
                        + raised
                        + " now, and an earlier etcd cannot read it: place a newer manifest by"
                        + " order",
                    AGAIN));
  }

  private static boolean below(AskConsent ask, EtcdFacts.Minor raised) {
    return EtcdFacts.Minor.of(ask.manifest()).filter(wanted -> wanted.isBelow(raised)).isPresent();
  }
}
