package io.hasupervisor.loop;

import io.hasupervisor.act.backup.BackupResult;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.assess.backup.BackupRules;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdView.MemberView;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.backup.Permission;
import io.hasupervisor.decide.backup.PlaceRule;
import io.hasupervisor.decide.backup.Recheck;
import io.hasupervisor.decide.backup.Refusal;
import io.hasupervisor.decide.backup.Schedule;
import io.hasupervisor.decide.backup.Schedule.Tried;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.PlaceSeen;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.tinylog.Logger;

/**
 * Keeps backups of etcd and of the master's files, in a thread of its own: makes those that are
 * due, reads old ones again, and says what is not as it should be.
 */
final class BackupKeeper implements EtcdFollower, AutoCloseable {
  static final Duration STEP_EVERY = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(5);

  /** Reading one again waits so long after the last time, however the clock jumps. */
  private static final Duration RECHECK_GAP = Duration.ofMinutes(10);

  private static final String AREA = "backup";

  private final Master master;
  private final BackupWorld world;
  private final Clock clock;
  private final Inbox inbox;
  private final IntUnaryOperator chance;
  private final Duration started;
  private final FilesKeeper files;
  private final Thread thread = Thread.ofPlatform().daemon().name("backup").unstarted(this::run);

  private volatile Optional<EtcdView> view = Optional.empty();

  // Of the thread alone.
  private PlaceSeen place;
  private BackupsSeen seen;
  private Optional<Duration> looked = Optional.empty();
  private Optional<Duration> rechecked = Optional.empty();
  private Optional<Tried> tried = Optional.empty();
  private Optional<Refusal> failure = Optional.empty();
  private Optional<Finding> hook = Optional.empty();

  /**
   * Does nothing before it is started.
   *
   * @param chance a number from 0 to below its argument
   */
  BackupKeeper(
      Master master, BackupWorld world, Clock clock, Inbox inbox, IntUnaryOperator chance) {
    this.master = master;
    this.world = world;
    this.clock = clock;
    this.inbox = inbox;
    this.chance = chance;
    this.started = clock.now();
    this.files = new FilesKeeper(master, world, clock);
    Path directory = master.backup().directory();
    this.seen = BackupsSeen.unknown(directory, "not looked at yet");
    this.place =
        new PlaceSeen(
            directory,
            0,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  void start() {
    thread.start();
  }

  @Override
  public void judged(EtcdView judged, Duration now) {
    view = Optional.of(judged);
  }

  @SuppressWarnings("ReferenceEquality")
  boolean isOf(BackupWorld other) {
    return world == other;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          step();
        } catch (RuntimeException e) {
          Logger.error(e, "a look after the backups failed by a bug");
        }
        Thread.sleep(STEP_EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does what is due now, and tells how things are. */
  void step() throws InterruptedException {
    if (!master.backup().enabled()) {
      if (looked.isEmpty()) {
        looked = Optional.of(clock.now());
        inbox.post(new Message.Inspected(AREA, List.of()));
        tell(BackupSentences.off("Backups are switched off: backup.enabled is false."));
      }
      return;
    }
    if (since(looked, LOOK_EVERY)) {
      look();
    }
    if (!master.etcd().external()) {
      etcd();
    }
    files.step(view);
    report(false);
  }

  private void etcd() throws InterruptedException {
    if (held().isEmpty() && untilNext().isZero()) {
      backUp();
    }
    if (since(rechecked, RECHECK_GAP)) {
      Optional<Backup> due = Recheck.due(seen.backups(), clock.wall(), chance);
      if (due.isPresent()) {
        recheck(due.get());
      }
    }
  }

  private boolean since(Optional<Duration> last, Duration every) {
    return last.filter(at -> clock.now().minus(at).compareTo(every) < 0).isEmpty();
  }

  private void look() {
    place = world.place();
    seen = world.look();
    looked = Optional.of(clock.now());
  }

  /** Why none is made whatever the time is. */
  private Optional<Refusal> held() {
    return PlaceRule.refusal(place, master.backup().sameDevice())
        .or(
            () ->
                view.map(Permission::of)
                    .orElseGet(
                        () ->
                            Optional.of(
                                new Refusal(
                                    "NOT_PROVEN", "etcd has not been asked yet.", "Wait."))));
  }

  private Duration untilNext() {
    List<EtcdId> voters =
        view.stream()
            .flatMap(known -> known.members().stream())
            .filter(member -> !member.learner())
            .flatMap(member -> member.id().stream())
            .sorted()
            .toList();
    int rank = view.flatMap(EtcdView::own).flatMap(MemberView::id).map(voters::indexOf).orElse(0);
    return new Schedule(master.backup().every(), Math.max(0, rank), Math.max(1, voters.size()))
        .wait(clock.wall(), seen.newestVerified().map(Backup::at), clock.now(), tried);
  }

  private void backUp() throws InterruptedException {
    report(true);
    BackupResult result = world.backUp();
    failure = result.failure().filter(why -> !why.code().equals("BACKUP_RUNNING"));
    int failures = failure.isPresent() ? tried.map(Tried::failures).orElse(0) + 1 : 0;
    tried = Optional.of(new Tried(clock.now(), failures));
    switch (result) {
      case BackupResult.Made made -> {
        Logger.info(
            "etcd was backed up to {}, revision {}; {} old ones were removed",
            made.backup().file(),
            made.backup().revision(),
            made.removed().size());
        hook = world.hook(made.backup().file()).map(why -> hook(made.backup(), why));
      }
      case BackupResult.Failed failed ->
          Logger.warn("etcd was not backed up: {}", failed.why().text());
    }
    look();
  }

  private Finding hook(Backup backup, String why) {
    return Finding.of(
        "BACKUP_HOOK_FAILED",
        Severity.WARNING,
        backup.file().toString(),
        "The backup is whole, but the command of backup.hook failed: " + why + ".",
        "Run it by hand: " + String.join(" ", master.backup().hook()) + " " + backup.file());
  }

  private void recheck(Backup backup) throws InterruptedException {
    rechecked = Optional.of(clock.now());
    try {
      Backup checked = world.verify(backup);
      Logger.info(
          "backup {} was read again: {}",
          backup.file(),
          checked.verified() ? "it is whole" : checked.problem());
    } catch (IOException e) {
      Logger.warn("what was found of backup {} was not noted: {}", backup.file(), Reason.of(e));
    }
    look();
  }

  private void report(boolean running) {
    Instant wall = clock.wall();
    if (master.etcd().external()) {
      inbox.post(new Message.Inspected(AREA, files.findings()));
      tell(BackupSentences.off("No member of etcd is on this host: back etcd up where it runs."));
      return;
    }
    Optional<Refusal> held = held();
    List<Finding> findings =
        new ArrayList<>(
            BackupRules.findings(
                master.backup(),
                place,
                seen,
                wall,
                clock.now().minus(started),
                held.or(() -> failure).map(Refusal::text).orElse("")));
    PlaceRule.refusal(place, master.backup().sameDevice())
        .or(() -> failure.map(BackupKeeper::asFailure))
        .map(why -> why.finding(Severity.WARNING, master.backup().directory().toString()))
        .ifPresent(findings::add);
    hook.ifPresent(findings::add);
    findings.addAll(files.findings());
    inbox.post(new Message.Inspected(AREA, List.copyOf(findings)));
    tell(BackupSentences.of(seen, running, failure, held, wall.plus(untilNext())));
  }

  private static Refusal asFailure(Refusal why) {
    return why.code().startsWith("BACKUP_")
        ? why
        : new Refusal(
            "BACKUP_FAILED", "The last backup of etcd was not made. " + why.text(), why.cure());
  }

  private void tell(BackupStatus status) {
    inbox.post(new Message.BackedUp(world, status));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
