package io.hasupervisor.loop;

import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiserverSeen;
import io.hasupervisor.observe.api.EndpointsSeen;
import io.hasupervisor.observe.entry.EntryRound;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rounds of answers on the way into the cluster, of which only the own apiserver's matters. */
final class EntryRounds {
  static final ApiAnswer WELL = new ApiAnswer.Well(Duration.ofMillis(3));
  static final ApiAnswer REFUSED = new ApiAnswer.Silent(Symptom.REFUSED, false, "nothing listens");
  static final ApiAnswer ETCD_FAILS = new ApiAnswer.Failing(500, List.of("etcd"), "no etcd");
  private static final ApiAnswer NOT_ASKED = new ApiAnswer.NotAsked("it was not");

  private EntryRounds() {}

  static EntryRound of(Duration at, ApiAnswer own) {
    return new EntryRound(
        at,
        Duration.ofMillis(20),
        List.of(
            new ApiserverSeen(
                "m1", "http://127.0.0.1:8080", true, own, NOT_ASKED, NOT_ASKED, Optional.empty())),
        Optional.empty(),
        List.of(),
        EndpointsSeen.UNKNOWN);
  }
}
