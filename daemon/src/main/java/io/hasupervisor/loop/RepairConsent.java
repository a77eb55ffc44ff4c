package io.hasupervisor.loop;

import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.Purpose;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the loop whether this master may be disturbed, and waits for its answer. Where this host is
 * no master, and for services that carry no member of etcd, everything is allowed.
 */
final class RepairConsent implements Consent {
  /** The services whose end may end etcd, and the one that starts it. */
  static final Set<String> GUARDED = Set.of("docker", "kubelet");

  /** For the lock, for fresh evidence of all members, and for etcd's end. */
  static final Duration LIMIT = Duration.ofMinutes(4);

  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Inbox inbox;
  private final Consent others;
  private final Duration limit;

  /**
   * Asks through {@code inbox}.
   *
   * @param others are asked before
   */
  RepairConsent(Inbox inbox, Consent others) {
    this(inbox, others, LIMIT);
  }

  RepairConsent(Inbox inbox, Consent others, Duration limit) {
    this.inbox = inbox;
    this.others = others;
    this.limit = limit;
  }

  @Override
  public Outcome ask(String service, Purpose purpose, Stage stage) throws InterruptedException {
    Outcome before = others.ask(service, purpose, stage);
    return before instanceof Outcome.Done && GUARDED.contains(service)
        ? ask(disruption(service, purpose), stage)
        : before;
  }

  private static Disruption disruption(String service, Purpose purpose) {
    return switch (purpose) {
      case START -> new Disruption(Disruption.Kind.START, service, Disruption.Origin.DAEMON);
      case OPERATOR_START ->
          new Disruption(Disruption.Kind.START, service, Disruption.Origin.OPERATOR);
      case HEALTH -> new Disruption(Disruption.Kind.RESTART, service, Disruption.Origin.DAEMON);
      case OPERATOR_RESTART ->
          new Disruption(Disruption.Kind.RESTART, service, Disruption.Origin.OPERATOR);
      case OPERATOR_STOP ->
          new Disruption(Disruption.Kind.STOP, service, Disruption.Origin.OPERATOR);
      // What the operator's hook does is not known here: the worst of it is a reboot.
      case STUCK_HOOK -> new Disruption(Disruption.Kind.REBOOT, "", Disruption.Origin.DAEMON);
    };
  }

  /** The same for what is no service's, such as a manifest. */
  Outcome ask(Disruption wanted, Stage stage) throws InterruptedException {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    inbox.post(new Message.ConsentAsked(new RepairAsk(wanted, stage, answer)));
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return withdrawn(answer);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Outcome _ = withdrawn(answer);
      throw e;
    }
  }

  /** An answer that comes after this is nobody's: the loop is told. */
  private Outcome withdrawn(CompletableFuture<Outcome> answer) {
    Outcome late =
        new Outcome.Refused(
            GateReason.BUSY.name(),
            "whether it may be done was not answered within " + limit.toSeconds() + " s",
            AGAIN);
    boolean _ = answer.complete(late);
    inbox.post(new Message.ConsentWithdrawn(answer));
    return answer.resultNow();
  }
}
