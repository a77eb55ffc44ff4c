package io.hasupervisor.loop;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.control.Reply;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutEvent.PodLooked;
import io.hasupervisor.decide.manifest.RolloutMachine;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutStep;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.publish.RolloutSentences;
import io.hasupervisor.publish.RolloutSituation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The placement of this master's manifests: its state, stepped in the loop's thread. */
final class Rollout {
  private static final String KUBELET = "kubelet";

  private final RolloutChronicle chronicle;
  private final Services services;
  private RolloutState state;
  private Instant since;

  /** Goes on from {@code state}, in whose phase it is {@code since}. */
  Rollout(RolloutChronicle chronicle, Services services, RolloutState state, Instant since) {
    this.chronicle = chronicle;
    this.services = services;
    this.state = state;
    this.since = since;
  }

  RolloutState state() {
    return state;
  }

  Instant since() {
    return since;
  }

  /** Takes one event in, and begins what it leads to. */
  void apply(RolloutPolicy policy, MasterLink link, RolloutEvent event, Duration now) {
    RolloutState before = state;
    RolloutStep step = RolloutMachine.step(policy, before, attributed(event), now);
    state = step.next();
    if (!before.phase().label().equals(state.phase().label())) {
      since = chronicle.wall();
    }
    String reason = RolloutSentences.of(new RolloutSituation(policy, state, now));
    chronicle.stepped(before, state, since, reason, now);
    step.begin().ifPresent(begun -> link.carryOut(begun, state.facts().etcd()));
    if (event instanceof RolloutEvent.Finished) {
      link.look();
    }
    if (state.facts().directory().isEmpty() && state.inFlight().isEmpty()) {
      link.lookAtDirectory();
    }
    link.watch(state, now);
  }

  /** Without a kubelet no container comes, whatever the manifest says. */
  private RolloutEvent attributed(RolloutEvent event) {
    boolean lost = services.find(KUBELET).filter(kubelet -> !kubelet.healthy()).isPresent();
    return lost
            && event instanceof PodLooked looked
            && looked.verdict() instanceof PodVerdict.Starting
        ? looked.judged(new PodVerdict.Unknown("the kubelet is not healthy"))
        : event;
  }

  /** Why no order is taken at all; empty where one is. */
  Optional<String> refusal(RolloutPolicy policy, Duration now) {
    return state.phase() instanceof RolloutPhase.Observed
        ? Optional.of(RolloutSentences.of(new RolloutSituation(policy, state, now)))
        : Optional.empty();
  }

  /** Takes an order over, and says what will come of it. */
  Reply order(RolloutPolicy policy, MasterLink link, Target target, Duration now) {
    Optional<String> refusal = refusal(policy, now);
    if (refusal.isPresent()) {
      return Reply.refused(refusal.get());
    }
    boolean same = state.target().filter(t -> t.revision() == target.revision()).isPresent();
    boolean busy = state.inFlight().isPresent();
    apply(policy, link, new RolloutEvent.Ordered(target), now);
    return Reply.done(
        (same
                ? "revision " + target.revision() + " is verified anew; equal files are not written"
                : "revision " + target.revision() + " is placed from now on")
            + (busy ? ", once the present step has ended" : "")
            + "; see: ha-supervisor status");
  }
}
