package io.hasupervisor.loop;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.RepairAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Who waits for a yes to a repair, who has it and acts, and what each is told. In the loop's thread
 * only.
 */
final class RepairAskers implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final RepairHands hands;
  private final List<RepairAsk> early = new ArrayList<>();
  private Optional<RepairAsk> waiting = Optional.empty();
  private Optional<RepairAsk> acting = Optional.empty();

  RepairAskers(RepairHands hands) {
    this.hands = hands;
  }

  /** Keeps one who asks before it is known what was done before. */
  void early(RepairAsk ask) {
    early.removeIf(before -> before.answer().isDone());
    early.add(ask);
  }

  /** Those that were kept, once. */
  List<RepairAsk> takeEarly() {
    List<RepairAsk> kept = List.copyOf(early);
    early.clear();
    return kept;
  }

  boolean nobodyWaits() {
    return waiting.isEmpty();
  }

  /** He who waits and gave up by himself, which says nothing. */
  Optional<CompletableFuture<Outcome>> gaveUp() {
    return waiting.map(RepairAsk::answer).filter(CompletableFuture::isDone);
  }

  /** Whether it is he who waits. */
  boolean waits(CompletableFuture<Outcome> answer) {
    return waiting.filter(ask -> ask.isOf(answer)).isPresent();
  }

  /** Whether it is one who waited or acted that does not any more: then the machine is told. */
  boolean withdraws(CompletableFuture<Outcome> answer) {
    early.removeIf(ask -> ask.isOf(answer));
    boolean asking = waits(answer);
    boolean told = acting.filter(ask -> ask.isOf(answer)).isPresent();
    waiting = waiting.filter(_ -> !asking);
    acting = acting.filter(_ -> !told);
    return asking || told;
  }

  /**
   * Puts his question: an answer to this very one is his, a later one is that of him who waited
   * before.
   *
   * @param put gives it to the machine; whether that brought an answer
   */
  void ask(RepairAsk ask, BooleanSupplier put) {
    Optional<RepairAsk> before = waiting;
    waiting = Optional.of(ask);
    boolean answered = put.getAsBoolean();
    if (before.isPresent()) {
      waiting = before;
      if (!answered) {
        ask.answer().complete(busy("somebody else waits for another repair"));
      }
    }
  }

  /** The machine's answer to him who waits. */
  void answer(RepairAnswer answer) {
    Optional<RepairAsk> asker = waiting;
    waiting = Optional.empty();
    if (asker.isEmpty()) {
      return;
    }
    CompletableFuture<Outcome> told = asker.get().answer();
    switch (answer) {
      case RepairAnswer.Granted(boolean vote) -> {
        acting = asker;
        hands.grant(told, vote);
      }
      case RepairAnswer.GrantedAfter(Duration delay) ->
          told.complete(delay.isPositive() ? itsTurn(delay) : new Outcome.Done());
      case RepairAnswer.Refused refused -> told.complete(refused(refused.refusal()));
    }
  }

  private static Outcome refused(GateRefusal refusal) {
    return new Outcome.Refused(
        refusal.reason().name(), refusal.why(), refusal.cure(), refusal.again());
  }

  private static Outcome busy(String why) {
    return new Outcome.Refused(GateReason.BUSY.name(), why, SOON);
  }

  /** By then the evidence is old: it is to be asked again. */
  private static Outcome itsTurn(Duration delay) {
    return new Outcome.Refused(
        GateReason.ITS_TURN.name(),
        "the turn of this host comes in " + delay.toSeconds() + " s",
        delay);
  }

  /** Whoever waits may ask those that take this one's place. */
  @Override
  public void close() {
    Outcome again = busy("the configuration was read anew: to be asked again");
    early.forEach(ask -> ask.answer().complete(again));
    waiting.ifPresent(ask -> ask.answer().complete(again));
  }
}
