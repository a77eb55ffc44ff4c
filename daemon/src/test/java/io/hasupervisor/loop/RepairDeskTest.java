package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.EtcdAssessor;
import io.hasupervisor.assess.etcd.EtcdHistory;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Consent.Stage;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.disruption.Acceptance;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.Disruption.Kind;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import io.hasupervisor.decide.disruption.GateReason;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.Rank;
import io.hasupervisor.decide.disruption.RepairEvent.Served;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.decide.disruption.RepairOutcome;
import io.hasupervisor.decide.disruption.Scene;
import io.hasupervisor.loop.Rounds.Is;
import io.hasupervisor.observe.disruption.LockDocument;
import io.hasupervisor.observe.disruption.LockSeen;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.publish.RepairStatus;
import io.hasupervisor.publish.ServiceEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repair from question to release, by a clock that only the test turns. */
@Timeout(120)
final class RepairDeskTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Disruption RESTART = new Disruption(Kind.RESTART, "docker", Origin.DAEMON);
  private static final Disruption START = new Disruption(Kind.START, "docker", Origin.DAEMON);

  @TempDir private Path directory;
  private final HandClock clock = new HandClock();
  private final Inbox inbox = new Inbox();
  private final EventRing events = new EventRing(100);
  private final FakeRepair world = new FakeRepair();
  private final Neighbours around = new Neighbours();
  private final List<String> findings = new ArrayList<>();
  private StateWriter<RepairMemory> disk;
  private CountedHands hands;
  private RepairDesk desk;

  /** Three members that are well, and a docker that is not. */
  private final class Neighbours implements RepairDesk.Surroundings {
    private EtcdHistory history =
        EtcdHistory.at(clock.now(), Duration.ofSeconds(10), Optional.empty());
    private Optional<EtcdView> etcd = Optional.empty();
    private Is[] members = {Is.WELL, Is.WELL, Is.WELL};
    // Whoever asks is busy with it until he has acted.
    private Served docker = new Served(true, false, false);
    private Optional<Duration> sick = Optional.empty();
    private Rank rank = Rank.FIRST;
    private boolean asked;
    private boolean deaf;
    private boolean pending = true;

    EtcdRound round() {
      EtcdRound round = Rounds.of(clock.now(), 100, members);
      EtcdAssessor.Judgement judgement = EtcdAssessor.assess(history, round);
      history = judgement.next();
      etcd = Optional.of(judgement.view());
      return round;
    }

    @Override
    public Scene scene(HostSeen host, Duration now) {
      return new Scene(
          etcd,
          host.process(),
          host.at(),
          false,
          host.liveRestore(),
          true,
          Optional.empty(),
          List.of("m2", "m3"),
          List.of(),
          host.maintenance(),
          false,
          now,
          sick,
          rank);
    }

    @Override
    public Served served(String subject, Duration now) {
      return docker;
    }

    @Override
    public boolean ordered(String subject) {
      return pending;
    }

    @Override
    public void lookAtEtcd() {
      asked = true;
    }
  }

  @BeforeEach
  void start() throws InterruptedException {
    disk = new StateWriter<>(RepairMemory.file(directory), RepairMemory.none(), _ -> {});
    disk.start();
    world.took = () -> clock.pass(Duration.ofMillis(5));
    hands =
        new CountedHands(
            world, clock, () -> assertTrue(disk.flush(LONG), "the disk is well"), inbox);
    desk = desk();
    recall();
    for (int n = 0; n < 40; n++) {
      clock.pass(10);
      desk.rounded(around.round(), clock.now());
      turn();
    }
  }

  @AfterEach
  void end() {
    disk.close();
  }

  private RepairDesk desk() {
    return new RepairDesk(
        world,
        RepairSettings.DEFAULT,
        "m1",
        "boot",
        around,
        hands,
        new RepairChronicle(new Announcer(clock, events)),
        disk,
        inbox,
        clock);
  }

  private void recall() {
    desk.told(
        new RepairNews.Recalled(
            RepairMemory.file(directory).load(clock.wall()).memory(), world.identity(), ""),
        clock.now());
  }

  /** Takes in what other threads tell, until none of them has anything more to tell. */
  private void turn() throws InterruptedException {
    take(inbox.take(Duration.ZERO));
    while (hands.busy()) {
      List<Message> messages = inbox.take(LONG);
      assertFalse(messages.isEmpty(), "nobody tells anything any more");
      take(messages);
    }
  }

  private void take(List<Message> messages) {
    for (Message message : messages) {
      switch (message) {
        case Message.Repaired(RepairWorld _, RepairNews news) -> {
          hands.told(news);
          desk.told(news, clock.now());
        }
        case Message.Inspected(String _, var found) ->
            found.forEach(finding -> findings.add(finding.code()));
        default -> throw new AssertionError(message);
      }
    }
  }

  /** Turns until then; a second passes wherever no thread has anything to tell. */
  private void until(BooleanSupplier end) throws InterruptedException {
    turn();
    for (int seconds = 0; !end.getAsBoolean(); turn()) {
      assertTrue(++seconds < 1000, () -> "it does not come: " + status());
      clock.pass(1);
      if (around.asked && !around.deaf) {
        around.asked = false;
        desk.rounded(around.round(), clock.now());
      }
      desk.tick(clock.now());
    }
  }

  private CompletableFuture<Outcome> ask(Disruption wanted, Stage stage) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    desk.asked(wanted, stage, answer);
    return answer;
  }

  private Outcome answered(CompletableFuture<Outcome> answer) throws InterruptedException {
    until(answer::isDone);
    return answer.resultNow();
  }

  private String guard(Outcome outcome) {
    return assertInstanceOf(Outcome.Refused.class, outcome, outcome.toString()).guard();
  }

  private RepairStatus status() {
    return desk.status(clock.now(), clock.wall()).orElseThrow();
  }

  private Optional<String> holder() {
    return ((LockSeen.Readable) world.lock).document().holder().map(LockDocument.Holder::action);
  }

  /** Seconds pass, with all that is due in them. */
  private void pass(int seconds) throws InterruptedException {
    for (int n = 0; n < seconds; n++) {
      clock.pass(1);
      if (n % 10 == 9) {
        desk.rounded(around.round(), clock.now());
        turn();
      }
      desk.tick(clock.now());
    }
  }

  @Test
  void aHungDockerIsRestartedUnderTheLockOnceEtcdHasEnded() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    assertEquals(new Outcome.Done(), answered(ask(RESTART, Stage.FIRST)));
    assertEquals(List.of(), world.done, "nothing is taken for a question");
    assertEquals("IDLE", status().state());
    assertEquals(new Outcome.Done(), answered(ask(RESTART, Stage.NOW)));
    assertEquals(List.of("write restart docker", "end 100:5000"), world.done);
    assertEquals(Optional.of("restart docker"), holder());
    assertEquals("ACTING", status().state());
    assertEquals("running", desk.attested());
    assertEquals(Optional.of(2), status().cost());
  }

  @Test
  void whatItCostsIsOnTheDiskBeforeEtcdIsEnded() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    List<Integer> remembered = new ArrayList<>();
    world.ending =
        () ->
            remembered.add(
                RepairMemory.file(directory).load(clock.wall()).memory().log().acted().size());
    assertEquals(new Outcome.Done(), answered(ask(RESTART, Stage.NOW)));
    assertEquals(List.of(1), remembered);
  }

  @Test
  void theLockIsGivenBackOnceTheMasterHasBeenWellForLongEnough() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    assertEquals(new Outcome.Done(), answered(ask(RESTART, Stage.NOW)));
    pass(20);
    assertEquals("ACTING", status().state());
    around.docker = new Served(false, true, false);
    world.process = new ProcessSeen.Alive(200, 'S', 9000);
    pass(20);
    assertEquals("SETTLING", status().state());
    pass(70);
    until(() -> holder().isEmpty());
    until(() -> status().state().equals("IDLE"));
    assertEquals(1, lock().history().size());
    assertEquals(
        List.of("IDLE", "LOCKING", "CONFIRMING", "YIELDING", "ACTING", "SETTLING", "RELEASING"),
        events.since(0).stream()
            .map(ServiceEvent::from)
            .filter(it -> !it.equals("ASKING"))
            .toList(),
        "each step is told once");
  }

  private void rolls(String service) throws InterruptedException {
    LockDocument.Rolling rolling =
        new LockDocument.Rolling(
            "r-1",
            "restart " + service,
            "eva on m1",
            "",
            clock.wall(),
            List.of("m1", "m2"),
            List.of(),
            Optional.empty());
    world.lock =
        new LockSeen.Readable(
            new LockDocument(Optional.empty(), Optional.empty(), List.of(), Optional.of(rolling)),
            5);
    desk.told(new RepairNews.LockOrdered("X", "told", world.lock, clock.now()), clock.now());
  }

  @Test
  void itsTurnIsKnownAtOnceAndARestartInItIsDoneAsTheTurn() throws Exception {
    assertEquals(Optional.empty(), desk.turn());
    rolls("docker");
    assertEquals(Optional.of(new Disruption(Kind.RESTART, "docker", Origin.ROLLING)), desk.turn());
    Disruption ordered = new Disruption(Kind.RESTART, "docker", Origin.OPERATOR);
    assertEquals(new Outcome.Done(), answered(ask(ordered, Stage.NOW)));
    assertEquals("its turn in r-1", lock().holder().orElseThrow().reason());
    assertEquals(Optional.empty(), desk.turn(), "it has begun");
    around.docker = new Served(false, true, false);
    world.process = new ProcessSeen.Alive(200, 'S', 9000);
    pass(90);
    until(() -> holder().isEmpty());
    assertEquals(List.of("m1"), lock().rolling().orElseThrow().done());
  }

  private final RebootDesk reboots =
      new RebootDesk(() -> Optional.of(desk), new Announcer(clock, events), clock);

  private Reply reboot() throws Exception {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Request.Reboot order = new Request.Reboot(false, Duration.ofMinutes(4));
    reboots.asked(new Message.Asked(order, "eva", answer), order, world, clock.now());
    until(() -> answer.isDone() || hands.granted());
    return answer.get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aRebootTakesTheLockAndTellsTheInitSystemOnce() throws Exception {
    Reply reply = reboot();
    assertEquals(0, reply.exit(), reply.body());
    assertEquals(List.of("write reboot", "end 100:5000", "reboot"), world.done);
    assertEquals(Optional.of("reboot"), holder());
    assertTrue(reboots.underWay());
    assertEquals(0, reboot().exit(), "it is on its way");
    assertEquals(1, world.done.stream().filter("reboot"::equals).count());
  }

  /** By Ctrl-C: the host rebooted minutes later all the same. */
  @Test
  void anOperatorWhoHangsUpWhileItWaitsIsNotSurprisedByAReboot() throws Exception {
    around.deaf = true;
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Request.Reboot order = new Request.Reboot(false, Duration.ofMinutes(4));
    reboots.asked(new Message.Asked(order, "eva", answer), order, world, clock.now());
    until(() -> status().state().equals("CONFIRMING"));
    answer.complete(Reply.refused("he has hung up"));
    around.deaf = false;
    until(() -> status().state().equals("IDLE"));
    assertEquals(Optional.empty(), holder());
    assertEquals(List.of("write reboot", "write nobody"), world.done);
  }

  @Test
  void whoHasHungUpBeforeItWasSafeIsNotRebootedForAfterwards() throws Exception {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    Request.Reboot order = new Request.Reboot(false, Duration.ofMinutes(4));
    Runnable time = world.took;
    world.took =
        () -> {
          time.run();
          answer.cancel(false);
        };
    reboots.asked(new Message.Asked(order, "eva", answer), order, world, clock.now());
    until(answer::isDone);
    pass(30);
    until(() -> holder().isEmpty());
    assertFalse(world.done.contains("reboot"), world.done.toString());
    assertFalse(reboots.underWay());
  }

  @Test
  void aRebootThatDoesNotHappenIsTold() throws Exception {
    assertEquals(0, reboot().exit());
    reboots.tick();
    clock.pass(301);
    reboots.tick();
    reboots.tick();
    assertFalse(reboots.underWay());
    assertEquals(
        1,
        events.since(0).stream()
            .filter(it -> it.because().equals("REBOOT_DID_NOT_HAPPEN"))
            .count());
  }

  @Test
  void anInitSystemThatDoesNotRebootIsSaidAndTheLockIsNotKeptForIt() throws Exception {
    world.reboots = new RepairOutcome.Failed(GateReason.BUSY, "Operation inhibited");
    Reply reply = reboot();
    assertEquals(1, reply.exit());
    assertTrue(reply.body().contains("Operation inhibited"), reply.body());
    assertFalse(reboots.underWay());
  }

  @Test
  void aRebootThatWouldCostQuorumIsAClearNoWithItsReason() throws Exception {
    around.members = new Is[] {Is.WELL, Is.WELL, Is.DOWN};
    pass(60);
    Reply reply = reboot();
    assertEquals(Reply.NO, reply.exit(), reply.body());
    assertTrue(reply.body().contains("QUORUM_STATE"), reply.body());
    assertEquals(List.of(), world.done);
  }

  private LockDocument lock() {
    return ((LockSeen.Readable) world.lock).document();
  }

  @Test
  void aRepairThatDoesNotHelpKeepsTheLockAndIsAFinding() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    assertEquals(new Outcome.Done(), answered(ask(RESTART, Stage.NOW)));
    around.docker = new Served(false, false, false);
    pass(16 * 60);
    assertEquals("REPAIR_UNFINISHED", status().state());
    assertEquals(Optional.of("restart docker"), holder());
    until(() -> findings.contains("REPAIR_UNFINISHED"));
  }

  @Test
  void aDeadDockerWithoutALivingEtcdStartsAtOnceAndWithoutTheLock() throws Exception {
    world.process = new ProcessSeen.Absent();
    around.members = new Is[] {Is.DOWN, Is.DOWN, Is.DOWN};
    pass(60);
    assertEquals(new Outcome.Done(), answered(ask(START, Stage.NOW)));
    assertEquals(List.of(), world.done);
  }

  @Test
  void aStartThatWouldEndALivingEtcdIsRefusedWhileQuorumIsAtRisk() throws Exception {
    around.members = new Is[] {Is.WELL, Is.WELL, Is.DOWN};
    pass(60);
    CompletableFuture<Outcome> answer = ask(START, Stage.NOW);
    assertEquals("QUORUM_STATE", guard(answered(answer)));
    assertEquals("REPAIR_BLOCKED", status().state());
    assertEquals("blocked", desk.attested());
    assertEquals(Optional.of("QUORUM_STATE"), status().reason());
    assertFalse(status().allowed());
    assertEquals(List.of(), world.done);
    long told = events.since(0).size();
    for (int n = 0; n < 5; n++) {
      pass(10);
      assertEquals("QUORUM_STATE", guard(answered(ask(START, Stage.NOW))));
    }
    assertEquals(told, events.since(0).size(), "the same refusal is told once");
  }

  @Test
  void whoAcceptsTheLossOfQuorumMayActOnceAndThatIsToldToAll() throws Exception {
    Disruption order = new Disruption(Kind.RESTART, "docker", Origin.OPERATOR);
    around.members = new Is[] {Is.WELL, Is.WELL, Is.DOWN};
    pass(60);
    assertTrue(desk.preview(order, clock.now()).isPresent());
    assertEquals(Optional.empty(), desk.hopeless(order, clock.now()));
    desk.accepted(new Acceptance("docker", "eva", clock.now().plusSeconds(120)));
    assertEquals(new Outcome.Done(), answered(ask(order, Stage.FIRST)));
    assertEquals(List.of(), world.done, "nothing is taken for a question");
    assertEquals(new Outcome.Done(), answered(ask(order, Stage.NOW)));
    assertEquals(List.of("write restart docker", "end 100:5000"), world.done);
    assertEquals(
        List.of(
            "eva accepts that etcd's quorum may be lost by the order on docker, until that has come"
                + " to its end, for 1 h at most."),
        events.since(0).stream()
            .filter(it -> it.because().equals("QUORUM_LOSS_ACCEPTED"))
            .map(ServiceEvent::reason)
            .toList());
  }

  private Disruption order() throws InterruptedException {
    around.members = new Is[] {Is.WELL, Is.WELL, Is.DOWN};
    pass(60);
    return new Disruption(Kind.RESTART, "docker", Origin.OPERATOR);
  }

  @Test
  void whatWasAcceptedLapsedAfterTwoMinutesWhileTheLockWasWaitedFor() throws Exception {
    Disruption order = order();
    desk.accepted(Acceptance.of("docker", "eva", clock.now()));
    pass(600);
    assertEquals(new Outcome.Done(), answered(ask(order, Stage.NOW)));
  }

  @Test
  void aWordIsOverWithItsOrder() throws Exception {
    Disruption order = order();
    desk.accepted(Acceptance.of("docker", "eva", clock.now()));
    around.pending = false;
    pass(1);
    assertEquals("QUORUM_STATE", guard(answered(ask(order, Stage.NOW))));
    assertTrue(
        events.since(0).stream()
            .anyMatch(it -> it.because().equals("QUORUM_LOSS_NO_LONGER_ACCEPTED")));
  }

  @Test
  void aWordDoesNotLastForEverThoughItsOrderWaits() throws Exception {
    Disruption order = order();
    desk.accepted(Acceptance.of("docker", "eva", clock.now()));
    pass(3700);
    assertEquals("QUORUM_STATE", guard(answered(ask(order, Stage.NOW))));
  }

  @Test
  void anOperatorsWordIsNotTheDaemonsOwn() throws Exception {
    order();
    desk.accepted(Acceptance.of("docker", "eva", clock.now()));
    assertEquals("QUORUM_STATE", guard(answered(ask(RESTART, Stage.NOW))));
  }

  @Test
  void aSecondAcceptedOrderHadNoPriceWhileTheFirstWaited() throws Exception {
    Disruption order = order();
    Optional<GateRefusal> price = desk.price(order, clock.now());
    assertTrue(price.orElseThrow().why().contains("no voter can be spared"), price.toString());
    desk.accepted(Acceptance.of("docker", "eva", clock.now()));
    assertEquals(price, desk.price(order, clock.now()));
    around.deaf = true;
    CompletableFuture<Outcome> first = ask(order, Stage.NOW);
    until(() -> status().state().equals("CONFIRMING"));
    assertEquals(
        price.map(GateRefusal::reason), desk.price(order, clock.now()).map(GateRefusal::reason));
    around.deaf = false;
    assertEquals(new Outcome.Done(), answered(first));
  }

  @Test
  void whatHelpsIsLostToNobodyWhoIsRefused() throws Exception {
    order();
    Outcome.Refused no = assertInstanceOf(Outcome.Refused.class, answered(ask(RESTART, Stage.NOW)));
    assertTrue(no.cure().contains("Bring back m3"), no.toString());
    assertTrue(status().next().contains("Bring back m3"), status().next());
  }

  @Test
  void aQuestionAheadOfTimeThatIsRefusedIsShown() throws Exception {
    around.members = new Is[] {Is.WELL, Is.WELL, Is.DOWN};
    pass(60);
    assertEquals("QUORUM_STATE", guard(answered(ask(RESTART, Stage.FIRST))));
    assertEquals(Optional.of("restart docker"), status().wanted());
    assertTrue(desk.preview(RESTART, clock.now()).isPresent());
  }

  @Test
  void theSlotOfAnotherMasterIsNotTaken() throws Exception {
    world.lock = new LockSeen.Readable(heldByM2(), 7);
    assertEquals("LOCK_HELD", guard(answered(ask(RESTART, Stage.NOW))));
    assertEquals(List.of(), world.done);
  }

  private LockDocument heldByM2() {
    return new LockDocument(
        Optional.of(
            new LockDocument.Holder(
                "other",
                "m2",
                Optional.empty(),
                "b",
                "restart docker",
                "",
                Instant.EPOCH,
                Duration.ofMinutes(15),
                "n",
                true)),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  @Test
  void whereEtcdDoesNotAnswerForTheLockNothingIsDone() throws Exception {
    world.reachable = false;
    CompletableFuture<Outcome> answer = ask(RESTART, Stage.NOW);
    assertEquals("LOCK_UNREACHABLE", guard(answered(answer)));
    assertEquals(List.of(), world.done);
  }

  @Test
  void anAskerThatGivesUpGetsNoLockAndLeavesNone() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    CompletableFuture<Outcome> answer = ask(RESTART, Stage.NOW);
    until(() -> holder().isPresent());
    assertTrue(answer.complete(new Outcome.Uncertain("gone")));
    desk.withdrawn(answer, clock.now());
    pass(10);
    until(() -> holder().isEmpty());
    assertFalse(world.done.contains("end 100:5000"));
  }

  /** Who waited was forgotten, and told what the next asker was answered. */
  @Test
  void whoGivesUpWhatNeedsNoLockDoesNotEndWhatAnotherWaitsFor() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    around.deaf = true;
    CompletableFuture<Outcome> waits = ask(RESTART, Stage.NOW);
    until(() -> status().state().equals("CONFIRMING"));
    CompletableFuture<Outcome> free =
        ask(new Disruption(Kind.RESTART, "kubelet", Origin.DAEMON), Stage.NOW);
    assertEquals(new Outcome.Done(), answered(free));
    desk.withdrawn(free, clock.now());
    around.deaf = false;
    assertEquals(new Outcome.Done(), answered(waits));
  }

  @Test
  void anAskerThatSaysNothingWhenItGivesUpIsNoticed() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    CompletableFuture<Outcome> answer = ask(RESTART, Stage.NOW);
    until(() -> holder().isPresent());
    assertTrue(answer.complete(new Outcome.Uncertain("its own patience is over")));
    pass(10);
    until(() -> holder().isEmpty());
  }

  @Test
  void whereNoRoundEndsTheEvidenceIsOldAndTheLockIsGivenBack() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    CompletableFuture<Outcome> answer = ask(RESTART, Stage.NOW);
    turn();
    assertTrue(around.asked);
    around.deaf = true;
    String guard = guard(answered(answer));
    assertTrue(List.of("EVIDENCE_OLD", "QUORUM_STATE").contains(guard), guard);
    until(() -> holder().isEmpty());
    assertFalse(world.done.contains("end 100:5000"));
  }

  @Test
  void whoAsksBeforeTheLogWasReadIsAnsweredAfterwards() throws Exception {
    RepairDesk first = desk;
    desk = desk();
    world.process = new ProcessSeen.Absent();
    CompletableFuture<Outcome> answer = ask(START, Stage.NOW);
    assertEquals(Optional.empty(), desk.status(clock.now(), clock.wall()));
    first.close();
    recall();
    around.members = new Is[] {Is.DOWN, Is.DOWN, Is.DOWN};
    assertInstanceOf(Outcome.class, answered(answer));
  }

  @Test
  void aDeskThatGoesAnswersWhoWaitsAndTheNextOneKnowsItsLock() throws Exception {
    around.sick = Optional.of(clock.now().minusSeconds(400));
    CompletableFuture<Outcome> answer = ask(RESTART, Stage.NOW);
    until(() -> holder().isPresent());
    RepairLog log = desk.memory(clock.now()).orElseThrow().log();
    desk.close();
    assertEquals("BUSY", guard(answer.resultNow()));
    desk = desk();
    desk.told(
        new RepairNews.Recalled(
            new RepairMemory("boot", clock.now(), clock.wall(), log), world.identity(), ""),
        clock.now());
    desk.told(new RepairNews.LockAnswered(world.lock(), clock.now()), clock.now());
    assertEquals("SETTLING", status().state());
  }
}
