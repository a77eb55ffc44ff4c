package io.hasupervisor.publish;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.Course;
import io.hasupervisor.decide.manifest.PodFacts;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutState.Failure;
import io.hasupervisor.decide.manifest.Target;
import java.time.Duration;
import java.util.Optional;

/** Everything known about the placement of the manifests at one moment. */
public record RolloutSituation(RolloutPolicy policy, RolloutState state, Duration now) {
  /** Characters of what did not work: a refusal says what it would cost and what to do. */
  private static final int FAILURE = 600;

  String revision() {
    return state.target().map(target -> "revision " + target.revision()).orElse("no revision");
  }

  /** The manifest that the others wait for. */
  Optional<Manifest> awaited() {
    return state
        .phase()
        .way()
        .flatMap(Course::awaited)
        .flatMap(wait -> state.target().flatMap(target -> target.find(wait.manifest())));
  }

  String awaitedName() {
    return awaited().map(Manifest::name).orElse("its manifest");
  }

  Optional<PodFacts> awaitedPod() {
    return awaited().flatMap(manifest -> state.facts().pod(manifest));
  }

  /** What holds the awaited pod back, in the words of docker or its probe. */
  String awaitedDetail() {
    return awaitedPod()
        .map(
            pod -> {
              String detail = pod.last().verdict().detail();
              return detail.isEmpty() ? pod.complaint() : detail;
            })
        .filter(text -> !text.isEmpty())
        .map(text -> " (" + Phrases.detail(text) + ")")
        .orElse("");
  }

  /** "for 5m". */
  String waitedFor() {
    return state
        .phase()
        .way()
        .flatMap(Course::awaited)
        .map(wait -> " for " + Span.text(now.minus(wait.since())))
        .orElse("");
  }

  /** "for 5m": how long the verdict on the awaited pod has been the same. */
  String standingFor() {
    return awaitedPod().map(pod -> " for " + Span.text(now.minus(pod.standing()))).orElse("");
  }

  /** What did not work for the present reason. */
  Optional<Failure> failure() {
    return state.failures().values().stream()
        .filter(failure -> failure.because() == state.because())
        .findFirst();
  }

  /** "(no space left on device) and is tried again in 20s". */
  String failed() {
    return failure()
        .map(
            failure ->
                " ("
                    + Plain.line(failure.why(), FAILURE)
                    + "); it is tried again in "
                    + Span.text(failure.retryAt().minus(now)))
        .orElse("; it is tried again soon");
  }

  /** "etcd has lost quorum". */
  String etcdTrouble() {
    return state.facts().etcd().state().map(EtcdWords::trouble).orElse("etcd is not known");
  }

  boolean hasWayBack() {
    return state
        .good()
        .filter(good -> state.target().filter(t -> t.revision() != good.revision()).isPresent())
        .isPresent();
  }

  Optional<Integer> good() {
    return state.good().map(Target::revision);
  }
}
