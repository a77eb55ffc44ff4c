package io.hasupervisor.simulation;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.InFlight;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutEvent.DirectoryLooked;
import io.hasupervisor.decide.manifest.RolloutEvent.PodLooked;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutStep;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** States, events and steps that are not as the world gave them. */
final class RolloutFalsified {
  private RolloutFalsified() {}

  static RolloutEvent withoutOwner(RolloutEvent event) {
    return event instanceof DirectoryLooked looked
        ? new DirectoryLooked(looked.seen(), Optional.empty())
        : event;
  }

  static RolloutEvent believing(RolloutEvent event) {
    return event instanceof PodLooked looked
        ? new PodLooked(
            looked.manifest(),
            looked.sha256(),
            looked.verdict(),
            Optional.of(new CheckResult.Passed(Duration.ZERO, "")),
            looked.made(),
            looked.placed(),
            looked.at())
        : event;
  }

  static RolloutEvent unknownIsCrash(RolloutEvent event) {
    return event instanceof PodLooked looked && looked.verdict() instanceof PodVerdict.Unknown
        ? looked.judged(new PodVerdict.Crashing(5, "gone"))
        : event;
  }

  static RolloutEvent longAgo(RolloutEvent event) {
    if (!(event instanceof DirectoryLooked looked)) {
      return event;
    }
    var seen = looked.seen();
    var files =
        seen.files().stream()
            .map(
                f ->
                    new FileSeen(
                        f.name(),
                        f.sha256(),
                        f.pod(),
                        f.hostPorts(),
                        f.kubeadm(),
                        f.access(),
                        f.link(),
                        Duration.ZERO,
                        f.problem()))
            .toList();
    return new DirectoryLooked(
        new DirectorySeen(
            seen.directory(), seen.problem(), seen.access(), seen.owner(), files, seen.at()),
        looked.owner());
  }

  static List<Manifest> otherwise(Target target) {
    return target.manifests().stream()
        .map(m -> new Manifest(m.name(), m.template(), m.text() + "#"))
        .toList();
  }

  static RolloutStep begin(RolloutStep step, RolloutAction action) {
    RolloutState s = step.next();
    InFlight begun = new InFlight(s.lastNumber() + 1, action);
    RolloutState next =
        new RolloutState(
            s.phase(),
            s.because(),
            s.target(),
            s.good(),
            s.ordered(),
            s.facts(),
            s.failures(),
            s.granted(),
            s.lastNumber() + 1,
            Optional.of(begun));
    return new RolloutStep(next, Optional.of(begun), step.because());
  }

  static RolloutState with(
      RolloutState s,
      RolloutPhase phase,
      Optional<Target> good,
      Optional<InFlight> inFlight,
      Map<String, RolloutState.Failure> failures) {
    return new RolloutState(
        phase,
        s.because(),
        s.target(),
        good,
        s.ordered(),
        s.facts(),
        failures,
        s.granted(),
        s.lastNumber(),
        inFlight);
  }
}
