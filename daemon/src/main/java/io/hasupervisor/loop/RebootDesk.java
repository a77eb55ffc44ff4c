package io.hasupervisor.loop;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.host.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reboots this master by an operator's order once it may be: the lock is kept over the reboot and
 * given back by the daemon that comes after it. Orders in the loop's thread only.
 */
final class RebootDesk {
  private static final Disruption REBOOT =
      new Disruption(Disruption.Kind.REBOOT, "", Disruption.Origin.OPERATOR);

  /** A host that has not gone down by then does not: the lock is not kept for it any longer. */
  static final Duration GOING = Duration.ofMinutes(5);

  private static final Outcome NOBODY = new Outcome.Done();

  /** For the init system to take it over. */
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final Supplier<Optional<RepairDesk>> repair;
  private final Announcer announcer;
  private final Clock clock;

  /** The newest order; from the loop's thread. */
  private CompletableFuture<Outcome> newest = CompletableFuture.completedFuture(NOBODY);

  /** Set by the thread that was told to act, before it does. */
  private volatile Optional<Duration> given = Optional.empty();

  /**
   * @param repair empty where this host is no master
   */
  RebootDesk(Supplier<Optional<RepairDesk>> repair, Announcer announcer, Clock clock) {
    this.repair = repair;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Whether the host is on its way down; from any thread. */
  boolean underWay() {
    return given.filter(at -> clock.now().minus(at).compareTo(GOING) < 0).isPresent();
  }

  /** Whether somebody waits to be let reboot this host. */
  boolean asking() {
    return !newest.isDone();
  }

  /** On a master; answered within the patience asked for: {@link Reply#NO} while it may not be. */
  void asked(Message.Asked asked, Request.Reboot wanted, RepairWorld world, Duration now) {
    Optional<RepairDesk> desk = repair.get();
    if (underWay()) {
      asked.answer().complete(Reply.done("this host is on its way down already"));
    } else if (desk.isPresent()) {
      Optional<GateRefusal> hopeless =
          wanted.acceptLoss() ? desk.get().hopeless(REBOOT, now) : Optional.empty();
      if (hopeless.isPresent()) {
        asked.answer().complete(Reply.refused(hopeless.get().told()));
        return;
      }
      if (wanted.acceptLoss()) {
        desk.get().accepted(new Acceptance("", asked.user(), now.plus(wanted.patience())));
      }
      ask(asked, wanted, desk.get(), world);
    }
  }

  private void ask(Message.Asked asked, Request.Reboot wanted, RepairDesk desk, RepairWorld world) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    newest = outcome;
    var _ = outcome.thenAccept(it -> answered(asked, it, world));
    // The desk takes a done outcome for an asker who waits no more, and gives the lock back.
    var _ =
        asked
            .answer()
            .whenComplete(
                (_, _) ->
                    outcome.complete(
                        new Outcome.Refused("UNDECIDED", "who asked has gone", Duration.ZERO)));
    desk.asked(REBOOT, Consent.Stage.NOW, outcome);
    outcome.completeOnTimeout(
        new Outcome.Refused(
            "UNDECIDED",
            "whether it may reboot was not settled within " + wanted.patience().toSeconds() + "s",
            Duration.ZERO),
        wanted.patience().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void answered(Message.Asked asked, Outcome outcome, RepairWorld world) {
    switch (outcome) {
      case Outcome.Done _ -> reboot(asked, world);
      case Outcome.Refused refused ->
          asked
              .answer()
              .complete(
                  new Reply(Reply.NO, "not now (" + refused.guard() + "): " + refused.told()));
      case Outcome.Failed failed -> asked.answer().complete(Reply.refused(failed.why()));
      case Outcome.Uncertain uncertain -> asked.answer().complete(Reply.refused(uncertain.why()));
    }
  }

  private void reboot(Message.Asked asked, RepairWorld world) {
    given = Optional.of(clock.now());
    Limited.run(
        "reboot",
        LIMIT,
        world::reboot,
        RepairOutcome.Uncertain::new,
        end -> asked.answer().complete(ended(end)));
  }

  private Reply ended(RepairOutcome end) {
    return switch (end) {
      case RepairOutcome.Done _ ->
          Reply.done(
              "this host reboots now; the lock is kept until it has been well again for a while");
      case RepairOutcome.Failed failed -> {
        given = Optional.empty();
        yield Reply.refused("the init system does not reboot this host: " + failed.why());
      }
      case RepairOutcome.Uncertain uncertain ->
          Reply.refused(
              "whether this host reboots is not known ("
                  + uncertain.why()
                  + "); if not, the lock"
                  + " is given back after "
                  + GOING.toMinutes()
                  + " minutes");
      case RepairOutcome.Lost _ -> Reply.refused("the init system does not reboot this host");
    };
  }

  /** Tells once that a reboot did not happen. */
  void tick() {
    if (given.isPresent() && !underWay()) {
      given = Optional.empty();
      announcer.announce(
          RepairChronicle.NAME,
          "ACTING",
          "ACTING",
          "REBOOT_DID_NOT_HAPPEN",
          "This host was told to reboot "
              + GOING.toMinutes()
              + " minutes ago and still runs; the lock is given back once it has been well for a"
              + " while. See: systemctl list-jobs, journalctl -b.",
          false);
    }
  }
}
