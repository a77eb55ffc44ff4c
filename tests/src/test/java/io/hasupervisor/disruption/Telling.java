package io.hasupervisor.disruption;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.decide.disruption.RepairAnswer;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairStep;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import java.util.Optional;
import java.util.stream.Collectors;

/** Steps in words, for whoever has to find out what went wrong. */
final class Telling {
  private Telling() {}

  /** Whether it says anything new. */
  static boolean worth(Host host, RepairEvent event, RepairStep step) {
    boolean same =
        step.action().isEmpty()
            && step.answer().isEmpty()
            && step.next().phase().label().equals(host.state.phase().label());
    return switch (event) {
      case RepairEvent.Ticked _, RepairEvent.Served _ -> !same;
      case RepairEvent.Looked(Scene scene) ->
          !same || !states(scene).equals(states(host.state.scene()));
      case RepairEvent.LockRead(LockSeen seen, _) ->
          !same || !Optional.of(seen).equals(host.state.lock().seen());
      case RepairEvent.Asked _ -> !blockedStill(host, step);
      case RepairEvent.Finished _,
          RepairEvent.Withdrawn _,
          RepairEvent.Accepted _,
          RepairEvent.OrderOver _ ->
          true;
    };
  }

  private static boolean blockedStill(Host host, RepairStep step) {
    return host.state.phase() instanceof RepairPhase.Blocked before
        && step.next().phase() instanceof RepairPhase.Blocked after
        && before.refusal().reason() == after.refusal().reason();
  }

  private static String states(Scene scene) {
    return scene
        .etcd()
        .map(
            view ->
                view.members().stream()
                    .map(EtcdView.MemberView::state)
                    .map(Enum::name)
                    .collect(Collectors.joining(" ", view.state() + " (", ")")))
        .orElse("nothing");
  }

  static String step(Host host, RepairEvent event, RepairStep step) {
    String before = host.state.phase().label();
    String after = step.next().phase().label();
    return "%s %s: %s%s%s"
        .formatted(
            host.name(),
            event(event),
            before.equals(after) ? after : before + " -> " + after,
            step.action().map(action -> ", begins " + action.getClass().getSimpleName()).orElse(""),
            step.answer().map(answer -> ", answers " + answer(answer)).orElse(""));
  }

  private static String answer(RepairAnswer answer) {
    return switch (answer) {
      case RepairAnswer.Granted _ -> "GRANTED";
      case RepairAnswer.GrantedAfter after -> "granted after " + after.delay();
      case RepairAnswer.Refused(var refusal) ->
          refusal.reason() + ", again after " + refusal.again() + ": " + refusal.why();
    };
  }

  private static String event(RepairEvent event) {
    return switch (event) {
      case RepairEvent.Looked looked -> scene(looked.scene());
      case RepairEvent.LockRead(LockSeen.Readable(LockDocument lock, long revision), _) ->
          "reads the lock of revision %d, %s%s"
              .formatted(
                  revision,
                  lock.holder().map(h -> "held by " + h.node()).orElse("free"),
                  lock.freeze().isPresent() ? ", frozen" : "");
      case RepairEvent.LockRead _ -> "reads a lock that nobody understands";
      case RepairEvent.Asked asked -> "is asked to " + asked.wanted().words();
      case RepairEvent.Finished finished -> "ended " + finished.outcome();
      case RepairEvent.Served served -> served.toString();
      case RepairEvent.Withdrawn _ -> "nobody waits any more";
      case RepairEvent.Accepted _ -> "accepted";
      case RepairEvent.OrderOver _ -> "accepted no more";
      case RepairEvent.Ticked _ -> "ticks";
    };
  }

  private static String scene(Scene scene) {
    return "sees "
        + states(scene)
        + scene.etcd().map(view -> " at " + view.at()).orElse("")
        + (scene.busy().isEmpty() ? "" : ", busy " + scene.busy());
  }
}
