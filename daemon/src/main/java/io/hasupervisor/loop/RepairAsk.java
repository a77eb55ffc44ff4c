package io.hasupervisor.loop;

import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Disruption;
import java.util.concurrent.CompletableFuture;

/** Somebody who wants to disturb this master, and waits for {@code answer}. */
record RepairAsk(Disruption wanted, Consent.Stage stage, CompletableFuture<Outcome> answer) {

  /** Whether it is he who waits for this very answer. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(CompletableFuture<Outcome> other) {
    return answer == other;
  }
}
