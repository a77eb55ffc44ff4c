package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.RolloutEvent.Finished;
import io.hasupervisor.decide.manifest.RolloutFacts.Ours;
import io.hasupervisor.decide.manifest.RolloutState.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the end of an action makes known. */
final class RolloutOutcomes {
  private RolloutOutcomes() {}

  static RolloutState take(RolloutState s, Finished finished, Duration now) {
    Optional<InFlight> mine = s.inFlight().filter(action -> action.number() == finished.number());
    if (mine.isEmpty()) {
      return s;
    }
    RolloutAction action = mine.get().action();
    RolloutState rest = touched(s.atRest(), action, finished);
    return switch (finished.outcome()) {
      case Outcome.Done _ -> done(rest.failed(action.subject(), Optional.empty()), action);
      case Outcome.Failed failed -> failed(rest, action, failed.why(), Patience.RETRY, now);
      case Outcome.Uncertain doubt -> failed(rest, action, doubt.why(), Patience.RETRY, now);
      case Outcome.Refused no ->
          failed(rest, action, no.guard() + ": " + no.told(), no.retryAfter(), now);
    };
  }

  private static RolloutState failed(
      RolloutState s, RolloutAction action, String why, Duration wait, Duration now) {
    Duration pause = wait.compareTo(Patience.RETRY) < 0 ? Patience.RETRY : wait;
    Failure failure = new Failure(action.failure(), why, now.plus(pause));
    return s.failed(action.subject(), Optional.of(failure));
  }

  /** What may have been changed is seen anew, however the action ended. */
  private static RolloutState touched(RolloutState s, RolloutAction action, Finished finished) {
    return switch (action) {
      case RolloutAction.Place(Manifest manifest, _) ->
          waitingAnew(s, manifest.name())
              .with(
                  s.facts()
                      .with(manifest.name(), ours(s, manifest, finished))
                      .without(manifest.name())
                      .staleDirectory(finished.at()));
      case RolloutAction.StopOldContainer stop ->
          waitingAnew(s, stop.manifest())
              .with(s.facts().without(stop.manifest()).staleDirectory(finished.at()));
      case RolloutAction.Quarantine _, RolloutAction.Prepare _ ->
          s.with(s.facts().staleDirectory(finished.at()));
      case RolloutAction.MarkCurrent _ -> s.with(s.facts().unmarked());
      case RolloutAction.MarkLastKnownGood _, RolloutAction.AskConsent _ -> s;
    };
  }

  /** Its containers can come up only from now on. */
  private static RolloutState waitingAnew(RolloutState s, String manifest) {
    return onCourse(
        s,
        course ->
            course.waiting(course.awaited().filter(wait -> !wait.manifest().equals(manifest))));
  }

  /** Containers of the very same file may have outlived its absence. */
  private static Ours ours(RolloutState s, Manifest manifest, Finished finished) {
    return Optional.ofNullable(s.facts().ours().get(manifest.name()))
        .filter(before -> before.sha256().equals(manifest.sha256()))
        .orElseGet(() -> new Ours(manifest.sha256(), finished.begun()));
  }

  private static RolloutState done(RolloutState s, RolloutAction action) {
    return switch (action) {
      case RolloutAction.Prepare _ -> onCourse(s, Course::withPrepared);
      case RolloutAction.MarkCurrent mark -> s.with(s.facts().marked(mark.revision()));
      case RolloutAction.MarkLastKnownGood mark ->
          s.target().filter(target -> target.revision() == mark.revision()).isPresent()
              ? s.settled()
              : s;
      case RolloutAction.AskConsent ask -> s.granted(Optional.of(ask.manifest().name()));
      case RolloutAction.Place place ->
          onCourse(s, course -> course.withPlaced(List.of(place.manifest().name())));
      case RolloutAction.StopOldContainer _, RolloutAction.Quarantine _ -> s;
    };
  }

  private static RolloutState onCourse(RolloutState s, UnaryOperator<Course> further) {
    return s.phase().way().map(course -> s.with(s.phase().with(further.apply(course)))).orElse(s);
  }
}
