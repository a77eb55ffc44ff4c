package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.masters.MastersView;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.LockOrder;
import io.hasupervisor.decide.manifest.Coming;
import io.hasupervisor.decide.manifest.EtcdFacts;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutFacts;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.ControlPlaneView;
import io.hasupervisor.publish.EntryStatus;
import io.hasupervisor.publish.EtcdStatus;
import io.hasupervisor.publish.LockStatus;
import io.hasupervisor.publish.RepairStatus;
import io.hasupervisor.publish.RolloutSituation;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What this host does as a master, where it is configured as one. In the loop's thread only. */
final class Mastership implements AutoCloseable {
  private static final String RECALL = "MANIFESTS_STATE";
  private static final String ETCD_RECALL = "ETCD_MEMORY";
  private static final String REPAIR_RECALL = "REPAIR_LOG";
  private static final Reply NO_MASTER = Reply.refused("this host is not configured as a master");

  /** At rest time brings little that a look does not. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final MasterParts parts;
  private final Publisher publisher;
  private final Services services;
  private final RebootDesk reboots;
  private final OrderGuard orders = new OrderGuard(() -> repair().map(desk -> desk));
  private final FindingBoard board = new FindingBoard();
  private final OwnWord word;
  private Optional<Master> master = Optional.empty();
  private Optional<MasterLink> link = Optional.empty();
  private Optional<EtcdDesk> etcd = Optional.empty();
  private Optional<EntryDesk> entry = Optional.empty();
  private Optional<MastersDesk> masters = Optional.empty();
  private Optional<RepairDesk> repair = Optional.empty();
  private Optional<BackupKeeper> keeper = Optional.empty();
  private Optional<BackupStatus> backups = Optional.empty();
  private Optional<Rollout> rollout = Optional.empty();
  private PodDesk pods = new PodDesk();
  private Duration nextTick = Duration.ZERO;
  private Optional<RolloutFacts> judged = Optional.empty();
  private RolloutPolicy policy = new RolloutPolicy(true, false, false);

  Mastership(MasterParts parts, Publisher publisher, Services services) {
    this.parts = parts;
    this.publisher = publisher;
    this.services = services;
    this.word = new OwnWord(publisher.version(), services, board);
    this.reboots = parts.reboots(this::repair);
  }

  /** Takes a plan over; one line per difference. What is on its way goes on. */
  List<String> adopt(Plan plan, Duration now) {
    plan.master()
        .ifPresent(
            wanted ->
                policy =
                    new RolloutPolicy(
                        plan.settings().observeOnly(),
                        wanted.manifests().enforce(),
                        wanted.manifests().quarantine()));
    if (plan.master().equals(master)) {
      return List.of();
    }
    boolean known = master.isPresent();
    Optional<EtcdMemory> remembered = etcd.flatMap(EtcdDesk::memory);
    Optional<RepairMemory> repairs = repair.flatMap(desk -> desk.memory(now));
    repair.ifPresent(RepairDesk::close);
    etcd.ifPresent(EtcdDesk::close);
    entry.ifPresent(EntryDesk::close);
    keeper.ifPresent(BackupKeeper::close);
    backups = Optional.empty();
    link.ifPresent(MasterLink::close);
    board.clear();
    pods = new PodDesk();
    judged = Optional.empty();
    master = plan.master();
    link = master.map(parts::link);
    masters = link.map(present -> parts.masters(plan.master().orElseThrow(), present.etcd()));
    keeper = link.map(present -> parts.keeper(plan.master().orElseThrow(), present.backups()));
    etcd = link.map(present -> etcd(plan.master().orElseThrow(), present, remembered));
    entry =
        link.map(
            present -> parts.entry(plan.master().orElseThrow(), present.entry(), this::etcdView));
    repair =
        link.map(
            present ->
                parts.repair(
                    plan.master().orElseThrow(),
                    present.repair(),
                    new RepairSurroundings(
                        plan.master().orElseThrow(),
                        services,
                        etcd,
                        entry,
                        this::coming,
                        () -> rollout.filter(going -> going.state().pending()).isPresent(),
                        reboots),
                    repairs));
    if (link.isEmpty()) {
      rollout = Optional.empty();
      publish(now);
      return List.of("no longer a master: its manifests are left as they are");
    }
    link.get()
        .start(rollout.isPresent() ? Optional.empty() : Optional.of(parts.recall(link.get())));
    rollout.ifPresent(going -> link.get().watch(going.state(), now));
    etcd.ifPresent(EtcdDesk::start);
    entry.ifPresent(EntryDesk::start);
    keeper.ifPresent(BackupKeeper::start);
    publish(now);
    return List.of(known ? "master: changed" : "master: its manifests are watched from now on");
  }

  private EtcdDesk etcd(Master wanted, MasterLink present, Optional<EtcdMemory> remembered) {
    return parts.etcd(wanted, present.etcd(), this::said, List.of(this::etcdJudged), remembered);
  }

  /** What the other masters are told of this host. */
  private Attester.Said said() {
    return word.of(entry, repair, rollout, link);
  }

  /** Who says whether this master may be disturbed; empty where this host is none. */
  Optional<RepairDesk> repair() {
    return repair;
  }

  /** An operator's order about the lock. */
  void order(Message.Asked asked, LockOrder order) {
    if (link.isEmpty()) {
      asked.answer().complete(NO_MASTER);
    } else {
      parts
          .clerk(master.orElseThrow(), link.get().repair())
          .carryOut(order, asked.user(), asked.answer());
    }
  }

  void reboot(Message.Asked asked, Request.Reboot wanted, Duration now) {
    if (link.isEmpty()) {
      asked.answer().complete(NO_MASTER);
    } else {
      reboots.asked(asked, wanted, link.get().repair(), now);
    }
  }

  /** Names of all masters, in the order of their turns. */
  List<String> masters() {
    return master.stream()
        .flatMap(it -> it.cluster().masters().keySet().stream())
        .sorted()
        .toList();
  }

  /** Of another configuration's world nothing is told any more. */
  void repaired(Message.Repaired told, Duration now) {
    repair
        .filter(desk -> desk.isOf(told.world()))
        .ifPresent(
            desk -> {
              desk.told(told.news(), now);
              if (told.news() instanceof RepairNews.Recalled recalled) {
                publisher.notice(
                    new Notice(REPAIR_RECALL, parts.chronicle().wall(), recalled.problem()));
              }
            });
    publish(now);
  }

  /** Where this host is no master, nobody has anything against it. */
  void consent(RepairAsk ask) {
    repair.ifPresentOrElse(
        desk -> desk.asked(ask.wanted(), ask.stage(), ask.answer()),
        () -> ask.answer().complete(new Outcome.Done()));
  }

  void withdrawn(CompletableFuture<Outcome> answer, Duration now) {
    repair.ifPresent(desk -> desk.withdrawn(answer, now));
  }

  /** Before what is remembered was read, no manifest is known to be well. */
  private Coming coming(String manifest, Duration now) {
    return rollout
        .map(going -> Coming.of(going.state(), manifest, now))
        .orElseGet(() -> new Coming(false, false, false));
  }

  private Optional<EtcdView> etcdView(Duration now) {
    return etcd.flatMap(desk -> desk.view(now));
  }

  /** Of another configuration's world nothing is told any more. */
  void entryLooked(Message.EntryLooked looked, Duration now) {
    entry
        .filter(desk -> desk.isOf(looked.world()))
        .ifPresent(desk -> desk.looked(looked.round(), now));
    publish(now);
  }

  /** Of another configuration's world nothing is told any more. */
  void podSighted(Message.PodSighted sighted, Duration now) {
    if (link.filter(present -> present.isOf(sighted.world())).isEmpty()) {
      return;
    }
    entry.ifPresent(desk -> desk.sighted(sighted.manifest(), sighted.seen()));
    List<Manifest> manifests =
        rollout.flatMap(going -> going.state().target()).map(Target::manifests).orElse(List.of());
    Instant wall = parts.chronicle().wall();
    board.replace(
        "containers",
        "pods",
        pods.sighted(manifests, sighted.manifest(), sighted.seen(), now, wall),
        wall);
    publish(now);
  }

  private Optional<EtcdDesk> etcd(EtcdWorld world) {
    return etcd.filter(desk -> desk.isOf(world));
  }

  void etcdRecalled(Message.EtcdRecalled recalled) {
    etcd(recalled.world()).ifPresent(desk -> desk.recalled(recalled.memory()));
    publisher.notice(new Notice(ETCD_RECALL, parts.chronicle().wall(), recalled.problem()));
  }

  void etcdLooked(Message.EtcdLooked looked, Duration now) {
    Optional<EtcdDesk> asked = etcd(looked.world());
    asked.ifPresent(desk -> desk.looked(looked.round(), now));
    repair.filter(_ -> asked.isPresent()).ifPresent(desk -> desk.rounded(looked.round(), now));
    publish(now);
  }

  /** Backups wait for it; a placement is told what it has to know, where that has changed. */
  private void etcdJudged(EtcdView view, Duration now) {
    keeper.ifPresent(it -> it.judged(view, now));
    if (rollout.isPresent() && link.isPresent()) {
      EtcdFacts known = rollout.get().state().facts().etcd();
      EtcdFacts next = known.then(view);
      if (!next.equals(known)) {
        rollout.get().apply(policy, link.get(), new RolloutEvent.EtcdJudged(next), now);
        refresh(now);
      }
    }
  }

  /** Of another configuration's directory nothing is told any more. */
  void backedUp(Message.BackedUp told, Duration now) {
    if (keeper.filter(it -> it.isOf(told.world())).isPresent()) {
      backups = Optional.of(told.status());
      publish(now);
    }
  }

  Reply acceptRestore(String by, Duration now) {
    return etcd.map(desk -> desk.acceptRestore(by, now)).orElse(NO_MASTER);
  }

  void recalled(RolloutRecall.Recalled recalled, Duration now) {
    if (link.filter(present -> present.isOf(recalled.world())).isEmpty() || rollout.isPresent()) {
      return;
    }
    rollout =
        Optional.of(new Rollout(parts.chronicle(), services, recalled.state(), recalled.since()));
    publisher.notice(new Notice(RECALL, parts.chronicle().wall(), recalled.problem()));
    link.get().watch(recalled.state(), now);
    link.get().look();
    publish(now);
  }

  /** Of another configuration's world only the end of an action is still of interest. */
  void rolled(Message.Rolled rolled, Duration now) {
    if (rollout.isEmpty() || link.isEmpty()) {
      return;
    }
    boolean ours = link.get().isOf(rolled.world());
    if (ours || rolled.event() instanceof RolloutEvent.Finished) {
      rollout.get().apply(policy, link.get(), rolled.event(), now);
      refresh(now);
    }
  }

  void tick(Duration now) {
    reboots.tick();
    entry.ifPresent(desk -> desk.tick(now));
    repair.ifPresent(desk -> desk.tick(now));
    if (etcd.isPresent()) {
      etcd.get().tick(now);
      publish(now);
    }
    if (rollout.isPresent() && link.isPresent() && now.compareTo(nextTick) >= 0) {
      rollout.get().apply(policy, link.get(), new RolloutEvent.Ticked(), now);
      nextTick = rollout.get().state().onItsWay() ? now : now.plus(IDLE);
      refresh(now);
    }
  }

  void inspected(Message.Inspected inspected, Duration now) {
    if (link.isPresent()) {
      board.replace(
          inspected.area(), inspected.area(), inspected.findings(), parts.chronicle().wall());
      publish(now);
    }
  }

  /** An operator's order: the revision is looked up first. */
  void place(Message.Asked asked, Request.PlaceManifests wanted) {
    if (link.isEmpty()) {
      asked.answer().complete(NO_MASTER);
    } else if (rollout.isEmpty()) {
      asked
          .answer()
          .complete(Reply.refused("the store of revisions is still being read; try again"));
    } else {
      link.get().fetch(wanted.revision(), asked);
    }
  }

  void fetched(Message.Fetched fetched, Duration now) {
    fetched.asked().answer().complete(answer(fetched, now));
    publish(now);
  }

  private Reply answer(Message.Fetched fetched, Duration now) {
    if (!fetched.problem().isEmpty()) {
      return Reply.refused(fetched.problem());
    }
    if (fetched.target().isEmpty()) {
      return Reply.unknown("there is no such revision; see: ha-supervisor manifests history");
    }
    return rollout.isPresent() && link.isPresent()
        ? ordered(rollout.get(), link.get(), fetched.target().get(), fetched.asked(), now)
        : Reply.refused("this host is no longer configured as a master");
  }

  /** An order that is refused must leave no word behind, so that is settled first. */
  private Reply ordered(
      Rollout going, MasterLink present, Target wanted, Message.Asked asked, Duration now) {
    boolean accepts =
        asked.request() instanceof Request.PlaceManifests(int _, boolean acceptLoss) && acceptLoss;
    OrderGuard.Weighed weighed =
        going.refusal(policy, now).isPresent()
            ? OrderGuard.Weighed.FREE
            : orders.weigh(going.state().disturbing(wanted), accepts, asked.user(), now);
    return weighed
        .refused()
        .map(Reply::refused)
        .orElseGet(() -> weighed.told(going.order(policy, present, wanted, now)));
  }

  /** Findings are made anew only where something new was seen. */
  @SuppressWarnings("ReferenceEquality")
  private void refresh(Duration now) {
    RolloutState state = rollout.orElseThrow().state();
    if (judged.isEmpty() || judged.get() != state.facts()) {
      judged = Optional.of(state.facts());
      RolloutFindings.of(state, link.orElseThrow().world(), now)
          .forEach(
              (source, findings) ->
                  board.replace(
                      source, MasterLink.CONFIGURATION, findings, parts.chronicle().wall()));
    }
    publish(now);
  }

  private void publish(Duration now) {
    publisher.masters(masters.map(desk -> thought(desk, now)));
    List<FindingStatus> findings = board.shown();
    Optional<ControlPlane> plane =
        link.map(
            _ ->
                rollout
                    .map(
                        going ->
                            ControlPlaneView.of(
                                new RolloutSituation(policy, going.state(), now),
                                going.since(),
                                pods.seen(),
                                findings))
                    .orElseGet(() -> ControlPlaneView.unread(findings)));
    Optional<EtcdStatus> seen = etcd.flatMap(desk -> desk.status(now, parts.chronicle().wall()));
    Optional<ReadyStatus> ready = entry.flatMap(desk -> desk.ready(now));
    publisher.controlPlane(
        plane
            .map(it -> it.with(seen, entryStatus(now), backups))
            .map(it -> it.with(repairStatus(now), lockStatus(now)))
            .map(it -> ready.map(it::with).orElse(it)));
    parts.ready().knows(entry.map(desk -> desk.known(now)));
  }

  private Optional<RepairStatus> repairStatus(Duration now) {
    return repair.flatMap(desk -> desk.status(now, parts.chronicle().wall()));
  }

  private Optional<LockStatus> lockStatus(Duration now) {
    return repair.flatMap(desk -> desk.lock(now, parts.chronicle().wall()));
  }

  /** Of another configuration's world nothing is told any more. */
  void lastWords(Message.LastWords found) {
    masters.ifPresent(desk -> desk.lastWords(found));
  }

  private MastersView thought(MastersDesk desk, Duration now) {
    MastersDesk.Thought it = desk.think(etcdView(now), entry.flatMap(EntryDesk::view), said(), now);
    board.replace("cluster", "cluster", it.findings(), parts.chronicle().wall());
    return it.view();
  }

  private Optional<EntryStatus> entryStatus(Duration now) {
    return entry.flatMap(desk -> desk.status(now, parts.chronicle().wall()));
  }

  @Override
  public void close() {
    repair.ifPresent(RepairDesk::close);
    etcd.ifPresent(EtcdDesk::close);
    entry.ifPresent(EntryDesk::close);
    keeper.ifPresent(BackupKeeper::close);
    link.ifPresent(MasterLink::close);
    parts.close();
  }
}
