package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.entry.EntryView;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.assess.masters.MastersAssessor;
import io.hasupervisor.assess.masters.MastersFindings;
import io.hasupervisor.assess.masters.MastersHistory;
import io.hasupervisor.assess.masters.MastersScene;
import io.hasupervisor.assess.masters.MastersView;
import io.hasupervisor.assess.masters.Word;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.etcd.Attestation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What this master knows of all masters, from moment to moment. Where the cluster cannot be asked
 * and nobody was heard yet, what lies in this host's own member is looked up. In the loop's thread
 * only.
 */
final class MastersDesk {
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Master master;
  private final EtcdWorld world;
  private final Clock clock;
  private final String bootId;
  private final Inbox inbox;
  private MastersHistory history = MastersHistory.NONE;
  private List<Attestation> stored = List.of();
  private Optional<Duration> lookedUp = Optional.empty();

  MastersDesk(Master master, EtcdWorld world, Clock clock, String bootId, Inbox inbox) {
    this.master = master;
    this.world = world;
    this.clock = clock;
    this.bootId = bootId;
    this.inbox = inbox;
  }

  /** What is thought, and what is wrong with it. */
  record Thought(MastersView view, List<Finding> findings) {}

  /** What is thought at {@code now}. */
  Thought think(
      Optional<EtcdView> etcd, Optional<EntryView> entry, Attester.Said said, Duration now) {
    etcd.filter(it -> !it.proven() && it.attested().isEmpty()).ifPresent(_ -> lookUp(now));
    MastersAssessor.Judgement judgement =
        MastersAssessor.assess(
            history, new MastersScene(now, master, own(etcd, said), etcd, entry, stored));
    history = judgement.next();
    return new Thought(judgement.view(), MastersFindings.of(judgement.view()));
  }

  private Word own(Optional<EtcdView> etcd, Attester.Said said) {
    Optional<MemberView> member = etcd.flatMap(EtcdView::own);
    return new Word(
        member.filter(it -> it.state() == MemberState.HEALTHY).isPresent(),
        member.map(MemberView::version).orElse(""),
        said.docker(),
        said.apiserver(),
        said.repair(),
        bootId,
        said.report(),
        clock.wall());
  }

  /** Once it was answered, nothing newer is to be had there: nobody can write. */
  private void lookUp(Duration now) {
    boolean soon = lookedUp.filter(it -> now.minus(it).compareTo(AGAIN) < 0).isPresent();
    if (soon || !stored.isEmpty()) {
      return;
    }
    lookedUp = Optional.of(now);
    Thread.ofVirtual()
        .name("etcd attestations")
        .start(
            () -> {
              try {
                inbox.post(new Message.LastWords(world, world.lastWords()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Of another configuration's world nothing is told any more. */
  @SuppressWarnings("ReferenceEquality")
  void lastWords(Message.LastWords found) {
    if (found.world() == world) {
      stored = found.words();
    }
  }
}
