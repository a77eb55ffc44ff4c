package io.hasupervisor.loop;

import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateRefusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Whether and when this master may be disturbed: feeds its {@link
 * io.hasupervisor.decide.disruption.RepairMachine} and carries out what that wants. In the loop's
 * thread only.
 */
final class RepairDesk implements AutoCloseable {

  /**
   * Somebody wants to disturb this master; {@code answer} is completed with {@link Outcome.Done}
   * when he is to act, else with {@link Outcome.Refused}. Completing it from outside withdraws.
   */
  void asked(Disruption wanted, Consent.Stage stage, CompletableFuture<Outcome> answer) {
    answer.complete(new Outcome.Done());
  }

  /** Why it would be refused now, by present evidence; nothing is asked or taken. */
  Optional<GateRefusal> preview(Disruption wanted, Duration now) {
    return Optional.empty();
  }

  /** An operator accepts that quorum is lost. */
  void accepted(Acceptance acceptance) {}

  @Override
  public void close() {}
}
