package io.hasupervisor.publish;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.EtcdFacts;
import io.hasupervisor.decide.manifest.PodFacts;
import io.hasupervisor.decide.manifest.RolloutFacts.Standing;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.Status.FindingStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pure: what is known of a master turned into what is published. */
public final class ControlPlaneView {
  private ControlPlaneView() {}

  /**
   * The whole of it.
   *
   * @param since when the state last changed
   * @param pods the newest look at each manifest's pod
   * @param findings the worst first
   */
  public static ControlPlane of(
      RolloutSituation s, Instant since, Map<String, PodSeen> pods, List<FindingStatus> findings) {
    RolloutState state = s.state();
    RolloutStatus rollout =
        new RolloutStatus(
            state.phase().label(),
            Optional.of(since),
            state.target().map(Target::revision),
            state.good().map(Target::revision),
            RolloutSentences.of(s));
    List<ManifestStatus> manifests =
        state.target().stream()
            .flatMap(target -> target.manifests().stream())
            .map(manifest -> manifest(state, manifest))
            .map(it -> PodStatusView.with(it, Optional.ofNullable(pods.get(it.name()))))
            .toList();
    return ControlPlane.ofPods(rollout, manifests, List.copyOf(findings));
  }

  /** Before the store was read. */
  public static ControlPlane unread(List<FindingStatus> findings) {
    return ControlPlane.ofPods(
        new RolloutStatus(
            "NONE",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "The store of revisions is being read."),
        List.of(),
        List.copyOf(findings));
  }

  private static ManifestStatus manifest(RolloutState state, Manifest manifest) {
    Optional<PodFacts> pod = state.facts().pod(manifest);
    boolean drift =
        state.facts().directory().filter(seen -> seen.problem().isEmpty()).isPresent()
            && state.facts().standing(manifest) != Standing.SAME;
    return new ManifestStatus(
        manifest.name(),
        drift,
        pod.map(known -> known.last().verdict().label()).orElse("unknown"),
        pod.map(known -> detail(state, manifest, known)).orElse("not looked at yet"),
        Optional.empty());
  }

  private static String detail(RolloutState state, Manifest manifest, PodFacts pod) {
    String docker = pod.last().verdict().detail();
    String own = Plain.line(docker.isEmpty() ? pod.complaint() : docker, 200);
    EtcdFacts etcd = state.facts().etcd();
    Optional<String> cause =
        etcd.state().filter(_ -> !pod.running() && etcd.excuses(manifest)).map(EtcdWords::trouble);
    return Stream.concat(Stream.of(own), cause.stream())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
