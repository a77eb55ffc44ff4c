package io.hasupervisor.disruption;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.Heard;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Evidence and states that are not as the world gave them. */
final class Falsified {
  private Falsified() {}

  /** The same, as if it were gathered now. */
  static Scene renewed(Scene scene, Duration now) {
    return scene.etcd().isEmpty()
        ? scene
        : with(scene, view(scene.etcd().get(), scene.etcd().get().state(), now), now);
  }

  /** Quorum is believed where enough members are still called healthy. */
  static Scene counted(Scene scene, Duration now) {
    if (scene.etcd().isEmpty() || scene.etcd().get().healthy() < 3) {
      return scene;
    }
    return with(scene, view(scene.etcd().get(), ClusterState.QUORUM_FULL, now), now);
  }

  private static Scene with(Scene scene, EtcdView view, Duration now) {
    return new Scene(
        Optional.of(view),
        scene.process(),
        now,
        scene.external(),
        scene.liveRestore(),
        scene.ownApiserver(),
        scene.apiserverDead(),
        scene.otherApiservers(),
        scene.busy(),
        scene.maintenance(),
        scene.dataLost(),
        scene.up(),
        scene.dockerSick(),
        scene.rank());
  }

  private static EtcdView view(EtcdView view, ClusterState state, Duration now) {
    boolean proven = state.proven();
    Optional<EtcdId> via =
        view.members().stream().filter(m -> !m.own()).findFirst().flatMap(MemberView::id);
    return new EtcdView(
        state,
        view.underlying(),
        view.since(),
        now,
        view.external(),
        proven,
        proven ? Optional.of(now) : view.proof(),
        proven ? via : view.proofVia(),
        view.voters(),
        view.learners(),
        view.quorum(),
        view.healthy(),
        view.available(),
        proven ? Math.max(0, view.healthy() - view.quorum()) : 0,
        view.canLoseAvailable(),
        view.tolerance(),
        view.cluster(),
        view.leader(),
        view.term(),
        view.revision(),
        view.remembered(),
        view.alarms(),
        view.reasons(),
        Optional.empty(),
        Optional.empty(),
        view.membersChanged(),
        view.members().stream().map(member -> renewed(member, now)).toList(),
        view.attested().stream()
            .map(heard -> new Heard(heard.newest(), now, heard.written().map(_ -> now)))
            .toList(),
        view.summary());
  }

  private static MemberView renewed(MemberView member, Duration now) {
    return new MemberView(
        member.id(),
        member.name(),
        member.url(),
        member.own(),
        member.leader(),
        member.learner(),
        member.state(),
        member.since(),
        member.why(),
        member.answered(),
        member.proof().map(_ -> now),
        member.version(),
        0,
        member.dbSize(),
        member.inUse(),
        member.evidence());
  }

  static LockSeen without(LockSeen seen, boolean holder, boolean freeze) {
    return switch (seen) {
      case LockSeen.Readable(LockDocument lock, long revision) ->
          new LockSeen.Readable(
              new LockDocument(
                  holder ? Optional.empty() : lock.holder(),
                  freeze ? Optional.empty() : lock.freeze(),
                  lock.history(),
                  lock.rolling()),
              revision);
      case LockSeen.Unreadable unreadable -> unreadable;
    };
  }

  /** As if this host had it. */
  static LockSeen held(LockSeen seen, RepairState.Self self, String nonce, Instant wall) {
    LockDocument.Holder holder =
        new LockDocument.Holder(
            self.machineId(),
            self.node(),
            Optional.empty(),
            self.bootId(),
            "restart docker",
            "",
            wall,
            Duration.ofMinutes(15),
            nonce,
            false);
    return switch (seen) {
      case LockSeen.Readable(LockDocument lock, long revision) ->
          new LockSeen.Readable(
              new LockDocument(Optional.of(holder), lock.freeze(), lock.history(), lock.rolling()),
              revision);
      case LockSeen.Unreadable unreadable -> unreadable;
    };
  }
}
