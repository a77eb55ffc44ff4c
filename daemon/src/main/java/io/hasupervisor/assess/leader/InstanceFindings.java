package io.hasupervisor.assess.leader;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.util.List;
import java.util.Optional;

/** Whether this host's instances of a component keep to its election. */
final class InstanceFindings {
  private final String component;
  private final LeaderScene scene;
  private final Optional<String> rival;

  private InstanceFindings(String component, LeaderScene scene, Optional<String> rival) {
    this.component = component;
    this.scene = scene;
    this.rival = rival;
  }

  static List<Finding> of(LeaderView view, LeaderScene scene) {
    boolean led = view.state() == LeaderState.HELD || view.state() == LeaderState.FLAPPING;
    Optional<String> rival =
        led ? view.master().filter(it -> !it.equals(scene.node())) : Optional.empty();
    return new InstanceFindings(view.component(), scene, rival).found().stream().toList();
  }

  private Optional<Finding> found() {
    List<ContainerSeen> running =
        scene.pod().map(pod -> Elects.running(pod, component)).orElse(List.of());
    List<Elects> elects = running.stream().map(it -> Elects.of(it, component)).toList();
    boolean alone = elects.contains(Elects.NO) || elects.contains(Elects.NOT_BY_DEFAULT);
    // Those that elect do no harm together: one of them waits.
    if (alone && running.size() > 1) {
      return doubled(
          running.size() + " instances run on this host, and not all of them elect a leader",
          "Stop the older one, docker stop " + running.getLast().id() + ", and " + flag());
    }
    if (alone && rival.isPresent()) {
      return doubled(
          "this host's instance works without election while " + rival.get() + " leads",
          "W" + flag().substring(1));
    }
    if (scene.masters().size() < 2) {
      return Optional.empty();
    }
    if (elects.contains(Elects.NO)) {
      return notElecting(CRITICAL, "runs with --leader-elect=false: it works beside any leader");
    }
    if (alone) {
      return notElecting(WARNING, "runs without --leader-elect, which is false in its version");
    }
    return elects.contains(Elects.BY_UNKNOWN_DEFAULT)
        ? notElecting(
            ADVICE, "runs without --leader-elect, which some versions take for false (before 1.4)")
        : Optional.empty();
  }

  private Optional<Finding> doubled(String what, String cure) {
    return Optional.of(
        Finding.of(
            "DOUBLE_ACTIVE",
            CRITICAL,
            component,
            "Two of " + component + " work at once: " + what + "; they undo each other's work.",
            cure));
  }

  private Optional<Finding> notElecting(Severity severity, String what) {
    return Optional.of(
        Finding.of(
            "NOT_ELECTING",
            severity,
            component,
            "This host's " + component + " " + what + ".",
            "W" + flag().substring(1)));
  }

  private String flag() {
    return "write --leader-elect=true into "
        + component
        + ".yaml of every master's template set and place it: ha-supervisor manifests place.";
  }
}
