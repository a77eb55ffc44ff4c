package io.hasupervisor.loop;

import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What operators are told. In the loop's thread only. */
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

  void incident(String id, CompletableFuture<Reply> answer) {
    incidents.show(id, answer);
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
