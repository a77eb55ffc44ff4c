package io.hasupervisor.loop;

import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.host.Clock;
import io.hasupervisor.publish.Status.Notice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** Builds what a master needs in the loop: its file, its link to the world. */
final class MasterParts implements AutoCloseable {
  private static final String STATE_DISK = "MANIFESTS_STATE_NOT_SAVED";
  private static final String REPAIR_DISK = "REPAIR_LOG_NOT_SAVED";
  private static final String ETCD_DISK = "ETCD_MEMORY_NOT_SAVED";

  /** An action waits so long for the disk, and is then carried out all the same. */
  private static final Duration SAVED_LIMIT = Duration.ofSeconds(5);

  /** Shorter: what follows is not done at all {@link RepairHands#PROMPT} after it was decided. */
  private static final Duration REPAIR_SAVED_LIMIT = Duration.ofSeconds(1);

  private final Outside outside;
  private final Inbox inbox;
  private final StateFile<RolloutMemory> file;
  private final StateWriter<RolloutMemory> disk;
  private final RolloutChronicle chronicle;
  private final Announcer announcer;
  private final StateFile<EtcdMemory> etcdFile;
  private final StateWriter<EtcdMemory> etcdDisk;
  private final StateFile<RepairMemory> repairFile;
  private final StateWriter<RepairMemory> repairDisk;
  private final ReadyGate ready;

  /** Nothing is read or written yet; the file's directory may come into being later. */
  MasterParts(Outside outside, Inbox inbox, EventRing events, Path stateDir) {
    this.outside = outside;
    this.inbox = inbox;
    this.file = new StateFile<>(stateDir.resolve("manifests/rollout.json"), new RolloutJson());
    this.disk = new StateWriter<>(file, RolloutMemory.none(), text -> problem(STATE_DISK, text));
    this.announcer = new Announcer(outside.clock(), events);
    this.chronicle = new RolloutChronicle(outside.clock(), outside.bootId(), announcer, disk);
    this.etcdFile = EtcdMemory.file(stateDir);
    this.etcdDisk =
        new StateWriter<>(etcdFile, EtcdMemory.none(), text -> problem(ETCD_DISK, text));
    this.repairFile = RepairMemory.file(stateDir);
    this.repairDisk =
        new StateWriter<>(repairFile, RepairMemory.none(), text -> problem(REPAIR_DISK, text));
    this.ready = new ReadyGate(outside.clock());
  }

  private void problem(String code, Optional<String> text) {
    inbox.post(new Message.Noticed(new Notice(code, outside.clock().wall(), text.orElse(""))));
  }

  /** Starts the threads that write. */
  void start() {
    disk.start();
    etcdDisk.start();
    repairDisk.start();
  }

  RolloutChronicle chronicle() {
    return chronicle;
  }

  /** Tells load balancers of this master. */
  ReadyGate ready() {
    return ready;
  }

  MasterLink link(Master master) {
    return new MasterLink(
        outside.masters().apply(master),
        outside.clock(),
        () -> {
          boolean _ = disk.flush(SAVED_LIMIT);
        },
        inbox);
  }

  /**
   * What is to think of etcd from now on; asks nothing yet.
   *
   * @param host what is known of this host at the moment, to be told to the other masters
   * @param followers are told of each judgement
   * @param known what an earlier desk of this daemon remembers, in place of the file
   */
  EtcdDesk etcd(
      Master master,
      EtcdWorld world,
      Supplier<Attester.Said> host,
      List<EtcdFollower> followers,
      Optional<EtcdMemory> known) {
    Clock clock = outside.clock();
    Supplier<Message> recall =
        () ->
            known
                .<Message>map(memory -> new Message.EtcdRecalled(world, memory, ""))
                .orElseGet(() -> read(world));
    return new EtcdDesk(
        master,
        world,
        new RoundWatch(
            "etcd",
            asking(() -> new Message.EtcdLooked(world, world.look()), world::close),
            clock,
            inbox,
            () -> Optional.of(recall.get()),
            master.etcd().period()),
        new Attester(master, world, clock, outside.bootId(), host),
        new EtcdShelf(etcdDisk),
        new EtcdChronicle(announcer),
        followers,
        inbox,
        clock.now());
  }

  private interface Look {
    Message once() throws InterruptedException;
  }

  private static RoundWatch.Asking asking(Look look, Runnable close) {
    return new RoundWatch.Asking() {
      @Override
      public Message look() throws InterruptedException {
        return look.once();
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }

  /**
   * What is to think of the way into the cluster from now on; asks nothing yet.
   *
   * @param etcd what is thought of etcd at a time
   */
  EntryDesk entry(Master master, EntryWorld world, Function<Duration, Optional<EtcdView>> etcd) {
    Clock clock = outside.clock();
    return new EntryDesk(
        master,
        world,
        new RoundWatch(
            "apiservers",
            asking(() -> new Message.EntryLooked(world, world.look()), world::close),
            clock,
            inbox,
            Optional::empty,
            master.apiserver().period()),
        etcd,
        new EntryChronicle(announcer),
        inbox,
        clock.now());
  }

  /**
   * Who says from now on whether this master may be disturbed; reads what an earlier daemon
   * remembered.
   *
   * @param known what an earlier desk of this daemon remembers, in place of the file
   */
  RepairDesk repair(
      Master master,
      RepairWorld world,
      RepairDesk.Surroundings around,
      Optional<RepairMemory> known) {
    Clock clock = outside.clock();
    RepairHands hands =
        new RepairHands(
            world,
            clock,
            () -> {
              boolean _ = repairDisk.flush(REPAIR_SAVED_LIMIT);
            },
            inbox);
    // Not virtual: reading the memory may block the carrier of all virtual threads.
    Thread.ofPlatform()
        .daemon()
        .name("repair log")
        .start(() -> inbox.post(new Message.Repaired(world, remembered(world, known))));
    return new RepairDesk(
        world,
        master.repair(),
        master.node().name(),
        outside.bootId(),
        around,
        hands,
        new RepairChronicle(announcer),
        repairDisk,
        inbox,
        clock);
  }

  /** Who carries out operators' orders about the lock. */
  LockClerk clerk(Master master, RepairWorld world) {
    return new LockClerk(world, master.node().name(), outside.clock(), inbox);
  }

  /**
   * Who reboots this host.
   *
   * @param repair empty where it is no master
   */
  RebootDesk reboots(Supplier<Optional<RepairDesk>> repair) {
    return new RebootDesk(repair, announcer, outside.clock());
  }

  private RepairNews remembered(RepairWorld world, Optional<RepairMemory> known) {
    StateFile.Loaded<RepairMemory> loaded =
        known
            .map(memory -> new StateFile.Loaded<>(memory, Optional.empty()))
            .orElseGet(() -> repairFile.load(outside.clock().wall()));
    return new RepairNews.Recalled(loaded.memory(), world.identity(), loaded.problem().orElse(""));
  }

  /** What is to be known of all masters from now on. */
  MastersDesk masters(Master master, EtcdWorld world) {
    return new MastersDesk(master, world, outside.clock(), outside.bootId(), inbox);
  }

  /** What keeps the backups from now on; does nothing yet. */
  BackupKeeper keeper(Master master, BackupWorld world) {
    return new BackupKeeper(
        master, world, outside.clock(), inbox, bound -> ThreadLocalRandom.current().nextInt(bound));
  }

  private Message read(EtcdWorld world) {
    StateFile.Loaded<EtcdMemory> loaded = etcdFile.load(outside.clock().wall());
    return new Message.EtcdRecalled(world, loaded.memory(), loaded.problem().orElse(""));
  }

  RolloutRecall recall(MasterLink link) {
    return new RolloutRecall(link.world(), file, outside.clock(), outside.bootId());
  }

  @Override
  public void close() {
    disk.close();
    etcdDisk.close();
    repairDisk.close();
  }
}
