package io.hasupervisor.decide.manifest;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.Course.Wait;
import java.time.Duration;
import java.util.Optional;

/** Whether the pod of a manifest that stands in the directory comes up. */
final class Verification {

  /** What is to be done about it. */
  sealed interface Answer {
    /** Wait on. */
    record Wait(RolloutBecause because) implements Answer {}

    /** Stop this old container, which the kubelet has left behind. */
    record StopOld(String id) implements Answer {}

    /** It does not come up. */
    record Fails(RolloutBecause because, String detail) implements Answer {}
  }

  private Verification() {}

  /**
   * The wait for this manifest, begun or gone on with. Time without docker does not count, nor the
   * time for which the kubelet leaves an earlier container, nor that for which etcd keeps it from
   * running: none is the manifest's fault.
   */
  static Wait waiting(RolloutState s, Course course, Manifest manifest, Duration now) {
    Wait known =
        course
            .awaited()
            .filter(wait -> wait.manifest().equals(manifest.name()))
            .orElseGet(() -> begun(s, course, manifest, now));
    Optional<PodFacts> pod = s.facts().pod(manifest);
    if (pod.isEmpty()) {
      return known;
    }
    boolean blind =
        pod.get().last().verdict() instanceof PodVerdict.Unknown || excused(s, manifest, pod.get());
    if (blind || pod.get().last().verdict() instanceof PodVerdict.Outdated) {
      return new Wait(manifest.name(), now, Optional.empty(), blind || known.disturbed());
    }
    boolean made = pod.get().last().made();
    return known.counted().isEmpty() && made
        ? new Wait(known.manifest(), known.since(), Optional.of(now), known.disturbed())
        : known;
  }

  /** A way that leads back to an earlier manifest is disturbed, and stays so. */
  private static Wait begun(RolloutState s, Course course, Manifest manifest, Duration now) {
    boolean disturbed =
        course
            .awaited()
            .filter(
                before ->
                    before.disturbed()
                        || s.target().orElseThrow().isAfter(before.manifest(), manifest))
            .isPresent();
    return new Wait(manifest.name(), now, Optional.empty(), disturbed);
  }

  static Answer ask(RolloutState s, Manifest manifest, Wait wait, Duration now) {
    Optional<PodFacts> known = s.facts().pod(manifest);
    if (known.isEmpty()) {
      return new Answer.Wait(RolloutBecause.AWAITING_LOOK);
    }
    PodFacts pod = known.get();
    boolean late =
        wait.counted()
            .filter(
                from ->
                    now.minus(from).compareTo(Patience.of(manifest, s.facts().etcd()).limit()) >= 0)
            .isPresent();
    if (excused(s, manifest, pod)) {
      return new Answer.Wait(RolloutBecause.AWAITING_ETCD);
    }
    return switch (pod.last().verdict()) {
      case PodVerdict.Unknown _ -> new Answer.Wait(RolloutBecause.RUNTIME_UNKNOWN);
      case PodVerdict.Crashing crashing when loops(crashing, wait, now) ->
          new Answer.Fails(RolloutBecause.CRASH_LOOP, crashing.why());
      case PodVerdict.Outdated old when mayStop(manifest, pod, now) -> new Answer.StopOld(old.id());
      case PodVerdict.Matches _ -> late ? tooLate(pod) : matching(manifest, pod);
      case PodVerdict.Starting starting -> {
        boolean never =
            wait.counted().isEmpty() && now.minus(wait.since()).compareTo(Patience.IMAGE) >= 0;
        yield late
            ? tooLate(pod)
            : never
                ? new Answer.Fails(RolloutBecause.NEVER_MADE, starting.why())
                : new Answer.Wait(RolloutBecause.AWAITING_CONTAINER);
      }
      case PodVerdict.Crashing _ ->
          late ? tooLate(pod) : new Answer.Wait(RolloutBecause.AWAITING_CONTAINER);
      case PodVerdict.Outdated _ -> new Answer.Wait(RolloutBecause.OLD_CONTAINER_STAYS);
    };
  }

  /** Its container was made and fails, and so it would with any other manifest: etcd is out. */
  private static boolean excused(RolloutState s, Manifest manifest, PodFacts pod) {
    return s.facts().etcd().excuses(manifest)
        && switch (pod.last().verdict()) {
          case PodVerdict.Matches _ -> !pod.running();
          case PodVerdict.Crashing _ -> true;
          case PodVerdict.Starting _ -> pod.last().made();
          case PodVerdict.Unknown _, PodVerdict.Outdated _ -> false;
        };
  }

  /** Of ends that may have had another cause, only those since then count. */
  private static boolean loops(PodVerdict.Crashing crashing, Wait wait, Duration now) {
    return crashing.ends() >= Patience.CRASHES
        && (!wait.disturbed() || now.minus(wait.since()).compareTo(Patience.CRASH_WINDOW) >= 0);
  }

  private static Answer tooLate(PodFacts pod) {
    String detail = pod.last().verdict().detail();
    return new Answer.Fails(RolloutBecause.TIME_LIMIT, detail.isEmpty() ? pod.complaint() : detail);
  }

  private static Answer matching(Manifest manifest, PodFacts pod) {
    if (pod.last().probe().isEmpty()) {
      return new Answer.Wait(RolloutBecause.HOLDING_STILL);
    }
    boolean alone = Patience.isEtcd(manifest) && pod.failures() > 0;
    return new Answer.Wait(alone ? RolloutBecause.AWAITING_PEERS : RolloutBecause.AWAITING_PROBE);
  }

  /** An etcd is never stopped: only its kubelet or a person may know that its quorum allows it. */
  private static boolean mayStop(Manifest manifest, PodFacts pod, Duration now) {
    Duration patience = Patience.termination(manifest).plus(Patience.OLD_STAYS);
    return !Patience.isEtcd(manifest) && now.minus(pod.standing()).compareTo(patience) >= 0;
  }
}
