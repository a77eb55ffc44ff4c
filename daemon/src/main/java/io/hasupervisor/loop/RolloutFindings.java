package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.Course;
import io.hasupervisor.decide.manifest.EtcdFacts;
import io.hasupervisor.decide.manifest.PodFacts;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.publish.EtcdWords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with the files and pods of a placement. Pure. */
final class RolloutFindings {
  /** Findings about a file that has not been placed yet say nothing. */
  private static final Set<String> BEFORE_ITS_TURN = Set.of("DRIFT", "MANIFEST_MISSING");

  private RolloutFindings() {}

  /** By source. */
  static Map<String, List<Finding>> of(RolloutState state, ManifestWorld world, Duration now) {
    return Map.of("directory", directory(state, world, now), "pods", pods(state));
  }

  private static List<Finding> directory(RolloutState state, ManifestWorld world, Duration now) {
    List<Manifest> expected = state.target().map(Target::manifests).orElse(List.of());
    Optional<Course> course = state.phase().way();
    Set<String> unplaced =
        expected.stream()
            .filter(
                manifest ->
                    course.filter(way -> !way.placed().contains(manifest.name())).isPresent())
            .map(Manifest::file)
            .collect(Collectors.toSet());
    return state.facts().directory().stream()
        .flatMap(seen -> world.findings(expected, seen, now).stream())
        .filter(
            finding ->
                !(BEFORE_ITS_TURN.contains(finding.code()) && unplaced.contains(finding.subject())))
        .toList();
  }

  /** On the way its reason tells of them. */
  private static List<Finding> pods(RolloutState state) {
    if (state.phase().way().isPresent()) {
      return List.of();
    }
    return state.target().stream()
        .flatMap(target -> target.manifests().stream())
        .flatMap(
            manifest ->
                state.facts().pod(manifest).filter(PodFacts::sick).stream()
                    .map(pod -> notRunning(manifest, pod, state.facts().etcd())))
        .toList();
  }

  private static Finding notRunning(Manifest manifest, PodFacts pod, EtcdFacts etcd) {
    Optional<String> cause =
        etcd.state().filter(_ -> etcd.excuses(manifest)).map(EtcdWords::trouble);
    String detail = pod.last().verdict().detail();
    return Finding.of(
        "POD_NOT_RUNNING",
        Finding.Severity.CRITICAL,
        manifest.name(),
        "The pod of "
            + manifest.file()
            + " does not run as the file says ("
            + (detail.isEmpty() ? pod.complaint() : detail)
            + ")"
            + cause.map(trouble -> " because " + trouble).orElse("")
            + ": the kubelet restarts it by itself.",
        cause.isPresent()
            ? "Mend etcd first: ha-supervisor etcd status"
            : "Look at its log: docker ps -a, docker logs ID");
  }
}
