package io.hasupervisor.loop;

import io.hasupervisor.control.Answers;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.Situation;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What operators are told. */
final class Reports {
  private static final String REFUSED = "CONFIGURATION_REFUSED";

  private final Clock clock;
  private final Publisher publisher;
  private final Chronicle chronicle;
  private final Incidents incidents;

  Reports(Clock clock, Publisher publisher, Chronicle chronicle, Incidents incidents) {
    this.clock = clock;
    this.publisher = publisher;
    this.chronicle = chronicle;
    this.incidents = incidents;
  }

  String reason(Supervised service, Duration now) {
    return chronicle.reason(service, now);
  }

  /** Answers a question, from any thread; false where the request is an order. */
  boolean answers(Request request, CompletableFuture<Reply> answer) {
    switch (request) {
      case Request.GetStatus get -> answer.complete(Answers.status(publisher.status(), get.as()));
      case Request.GetCluster get ->
          answer.complete(Answers.cluster(publisher.cluster(), get.as()));
      case Request.GetLock get -> answer.complete(Answers.lock(publisher.status(), get.as()));
      case Request.GetRolling get -> answer.complete(Answers.rolling(publisher.status(), get.as()));
      case Request.GetEvents get ->
          answer.complete(Answers.events(publisher.eventsSince(get.since())));
      case Request.Explain explain -> answer.complete(explained(explain.service()));
      case Request.ShowIncident show -> incidents.show(show.id(), answer);
      case Request.Start _,
          Request.Stop _,
          Request.Restart _,
          Request.Retry _,
          Request.Hold _,
          Request.Release _,
          Request.PlaceManifests _,
          Request.AcceptRestore _,
          Request.MayStart _,
          Request.BreakLock _,
          Request.FreezeLock _,
          Request.UnfreezeLock _,
          Request.RestartRolling _,
          Request.StopRolling _,
          Request.Reboot _,
          Request.Reload _ -> {
        return false;
      }
    }
    return true;
  }

  private Reply explained(String name) {
    List<Situation> situations = publisher.situations();
    return situations.stream()
        .filter(situation -> situation.name().equals(name))
        .findFirst()
        .map(Answers::explain)
        .orElseGet(
            () -> Answers.unknownService(name, situations.stream().map(Situation::name).toList()));
  }

  String heldAgainst(Supervised service, Hold hold) {
    String name = service.spec.name();
    return name
        + " is held by "
        + hold.by()
        + " ("
        + hold.reason()
        + "); first: ha-supervisor release "
        + name;
  }

  void configurationRead() {
    publisher.notice(new Notice(REFUSED, clock.wall(), ""));
  }

  void configurationRefused(List<String> problems) {
    String more = problems.size() > 1 ? " and " + (problems.size() - 1) + " more" : "";
    publisher.notice(
        new Notice(
            REFUSED,
            clock.wall(),
            "The changed configuration is not valid and the earlier one goes on: "
                + problems.getFirst()
                + more
                + "; all of them: ha-supervisor check-config"));
  }
}
