package io.hasupervisor.control;

import io.hasupervisor.publish.ClusterStatus;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.ExplainText;
import io.hasupervisor.publish.LockStatus;
import io.hasupervisor.publish.Rendering;
import io.hasupervisor.publish.ServiceEvent;
import io.hasupervisor.publish.Situation;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.StatusText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Replies made of what is published. */
public final class Answers {
  private Answers() {}

  /** The status; its verdict decides the exit code: 0 OK, 4 ATTENTION, 5 CRITICAL. */
  public static Reply status(Status status, Rendering as) {
    return new Reply(exit(status.verdict()), as.of(status));
  }

  private static int exit(Status.Level verdict) {
    return switch (verdict) {
      case OK -> 0;
      case ATTENTION -> 4;
      case CRITICAL -> 5;
    };
  }

  /** All masters; the exit code is decided like that of the status. */
  public static Reply cluster(Optional<ClusterStatus> cluster, Rendering as) {
    return cluster
        .map(it -> new Reply(exit(it.verdict()), as.of(it)))
        .orElseGet(() -> Reply.refused("this host is not configured as a master"));
  }

  /** The lock, as this host's daemon read it last. */
  public static Reply lock(Status status, Rendering as) {
    return ofLock(status, lock -> as.ofLock(lock, status.at()));
  }

  /** What all masters do in turns, as this host's daemon read it last. */
  public static Reply rolling(Status status, Rendering as) {
    return ofLock(status, lock -> as.ofRolling(lock, status));
  }

  private static Reply ofLock(Status status, Function<LockStatus, String> form) {
    return status.controlPlane().isEmpty()
        ? Reply.refused("this host is not configured as a master")
        : status
            .controlPlane()
            .flatMap(ControlPlane::lock)
            .map(lock -> Reply.done(form.apply(lock)))
            .orElseGet(() -> Reply.refused("the lock was not read yet; again in some seconds"));
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
