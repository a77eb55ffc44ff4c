package io.hasupervisor.loop;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Disruption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * Says whether the init system may start a service by itself: no where that would cost etcd's
 * quorum, for then this daemon starts it once it may. In the loop's thread only.
 */
final class StartGuard {
  private static final String UNDECIDED = "UNDECIDED";

  private final Services services;
  private final Supplier<Optional<Asking>> repair;

  /** Asks whether this master may be disturbed, as {@link RepairDesk#asked} does. */
  @FunctionalInterface
  interface Asking {
    void asked(Disruption wanted, Consent.Stage stage, CompletableFuture<Outcome> answer);
  }

  /**
   * @param repair empty where this host is no master
   */
  StartGuard(Services services, Supplier<Optional<Asking>> repair) {
    this.services = services;
    this.repair = repair;
  }

  void asked(Message.Asked asked, Request.MayStart wanted, Duration now) {
    Optional<Supervised> service = services.find(wanted.service());
    Optional<Asking> desk = repair.get();
    if (service.isEmpty()) {
      asked.answer().complete(Reply.unknown(wanted.service() + " is not supervised"));
    } else if (desk.isEmpty()) {
      yes(asked, wanted, "this host is no master");
    } else if (!RepairConsent.GUARDED.contains(wanted.service())) {
      yes(asked, wanted, "etcd does not depend on it");
    } else if (services.observeOnly()) {
      yes(asked, wanted, "ha-supervisor only observes");
    } else if (ours(service.get(), now)) {
      yes(asked, wanted, "ha-supervisor starts it itself");
    } else {
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      Optional<Hold> hold = service.get().state.facts().hold();
      var _ = outcome.thenAccept(it -> asked.answer().complete(reply(it, wanted, hold)));
      desk.get()
          .asked(
              new Disruption(Disruption.Kind.START, wanted.service(), Disruption.Origin.INIT),
              Consent.Stage.NOW,
              outcome);
      outcome.completeOnTimeout(
          undecided(wanted), wanted.patience().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Each order of ours is asked about once: the next question is about a start of systemd's own.
   */
  private static boolean ours(Supervised service, Duration now) {
    Optional<Duration> given = service.startGiven;
    service.startGiven = Optional.empty();
    Duration grace = service.spec.policy().startGrace();
    return given.filter(at -> now.minus(at).compareTo(grace) < 0).isPresent();
  }

  private static void yes(Message.Asked asked, Request.MayStart wanted, String why) {
    asked.answer().complete(Reply.done(wanted.service() + " may start: " + why));
  }

  private static Outcome undecided(Request.MayStart wanted) {
    return new Outcome.Refused(
        UNDECIDED,
        "whether it may start was not settled within " + wanted.patience().toSeconds() + "s",
        Duration.ZERO);
  }

  private static Reply reply(Outcome outcome, Request.MayStart wanted, Optional<Hold> hold) {
    Reply reply =
        switch (outcome) {
          case Outcome.Done _ ->
              Reply.done(wanted.service() + " may start: it costs etcd no quorum");
          case Outcome.Refused refused -> no(wanted, refused.guard() + ": " + refused.why(), hold);
          case Outcome.Failed failed -> no(wanted, failed.why(), hold);
          case Outcome.Uncertain uncertain -> no(wanted, uncertain.why(), hold);
        };
    Logger.info("systemd asks: {}", reply.body());
    return reply;
  }

  private static Reply no(Request.MayStart wanted, String why, Optional<Hold> hold) {
    String service = wanted.service();
    String next =
        hold.filter(it -> it.kind() != Hold.Kind.GUARD)
            .map(
                it ->
                    "held by "
                        + it.by()
                        + ", so nobody starts it before: ha-supervisor release "
                        + service)
            .orElse("ha-supervisor starts it once it may; see: ha-supervisor explain " + service);
    return new Reply(
        Reply.NO,
        service + " may not start now (" + why.strip().replaceAll("\\.$", "") + "); " + next);
  }
}
