package io.hasupervisor.control;

import io.hasupervisor.publish.ExplainText;
import io.hasupervisor.publish.Rendering;
import io.hasupervisor.publish.ServiceEvent;
import io.hasupervisor.publish.Situation;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.StatusText;
import java.util.List;

/** Replies made of what is published. */
public final class Answers {
  private Answers() {}

  /** The status; its verdict decides the exit code: 0 OK, 4 ATTENTION, 5 CRITICAL. */
  public static Reply status(Status status, Rendering as) {
    int exit =
        switch (status.verdict()) {
          case OK -> 0;
          case ATTENTION -> 4;
          case CRITICAL -> 5;
        };
    return new Reply(exit, as.of(status));
  }

  /** Events, one on each line, beginning with their numbers. */
  public static Reply events(List<ServiceEvent> events) {
    return Reply.done(StatusText.of(events));
  }

  /** All about one service. */
  public static Reply explain(Situation situation) {
    return Reply.done(ExplainText.of(situation));
  }

  /** There is no service of that name. */
  public static Reply unknownService(String name, List<String> known) {
    return Reply.unknown("no service " + name + "; there are: " + String.join(", ", known));
  }
}
