package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.RunState;
import io.hasupervisor.publish.Rendering;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one turn of the loop does to its services, and what it leaves alone. */
@Timeout(60)
final class LoopTest {
  private static final String DOCKER = "docker";
  private static final String KUBELET = "kubelet";

  private static Bench dockerAndKubelet() {
    return new Bench(Plans.service(DOCKER), Plans.service(KUBELET, DOCKER));
  }

  @Test
  void aDeadServiceIsStartedAndItsDependentsWait() {
    Bench bench = dockerAndKubelet();
    bench.dies(KUBELET);
    bench.dies(DOCKER);
    bench.is(DOCKER, "STARTING", Because.NOT_RUNNING);
    bench.is(KUBELET, "WAITING", Because.DEPENDENCY_NOT_HEALTHY);
    assertEquals(List.of("Start"), bench.at(DOCKER).actions());
    assertEquals(List.of(), bench.at(KUBELET).actions());
    bench.done(DOCKER);
    bench.healthy(DOCKER);
    assertEquals(List.of("Start"), bench.at(KUBELET).actions());
  }

  @Test
  void whatIsDeadIsNotProbed() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.dies(DOCKER);
    bench.done(DOCKER);
    bench.pass(5);
    bench.dies(DOCKER);
    assertFalse(bench.at(DOCKER).calls.contains("probe"), "a connection would activate docker");
    bench.done(DOCKER);
    bench.runs(DOCKER);
    assertTrue(bench.at(DOCKER).probing());
    bench.dies(DOCKER);
    assertFalse(bench.at(DOCKER).probing());
  }

  @Test
  void whatLivesIsProbedOnThoughTheInitSystemCannotBeAsked() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.healthy(DOCKER);
    bench.seen(DOCKER, new RunState.Unclear("no bus"));
    assertTrue(bench.at(DOCKER).probing());
  }

  @Test
  void probingStopsBeforeAStopIsOrdered() throws InterruptedException {
    Bench bench = new Bench(Plans.service(DOCKER));
    RunState alive = new RunState.Running(bench.healthy(DOCKER));
    bench.ask(new Request.Restart(DOCKER));
    bench.done(DOCKER);
    bench.done(DOCKER);
    assertTrue(bench.at(DOCKER).probing(), "nothing is decided yet");
    bench.done(DOCKER);
    List<String> calls = bench.at(DOCKER).calls;
    assertFalse(bench.at(DOCKER).probing());
    assertTrue(calls.indexOf("stopProbing") < calls.indexOf("Stop"), calls::toString);
    bench.done(DOCKER);
    bench.seen(DOCKER, alive);
    assertFalse(bench.at(DOCKER).probing(), "it ends slowly");
  }

  @Test
  void aStartThatIsRefusedAgainAndAgainIsToldOnceAndIsNoDeath() {
    Bench bench = new Bench(Plans.guarded(DOCKER));
    bench.runs(DOCKER);
    bench.dies(DOCKER);
    for (String guard : List.of("LOCK_HELD", "LOCK_HELD", "LOCK_HELD", "UNSTABLE", "UNSTABLE")) {
      bench.is(DOCKER, "ASKING", Because.CONSENT_ASKED);
      bench.ended(DOCKER, new Outcome.Refused(guard, "not now", Duration.ofSeconds(10)));
      bench.is(DOCKER, "HELD", Because.CONSENT_REFUSED);
      bench.pass(10);
    }
    bench.done(DOCKER);
    List<String> told =
        bench.publisher.eventsSince(0).stream().map(it -> it.from() + " " + it.to()).toList();
    assertEquals(
        List.of(
            "UNKNOWN STARTING",
            "STARTING HEALTHY",
            "HEALTHY ASKING",
            "ASKING HELD",
            "HELD HELD",
            "HELD STARTING"),
        told);
    assertEquals(List.of("docker recovered", "docker died"), bench.filed);
  }

  @Test
  void aLateTurnVoidsTheRound() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.healthy(DOCKER);
    bench.clock.pass(5);
    Message begunWhileAsleep = bench.failed(DOCKER);
    bench.clock.pass(5);
    bench.turn(begunWhileAsleep);
    bench.is(DOCKER, "HEALTHY", Because.PROBES_PASS);
    bench.pass(1);
    bench.turn(bench.failed(DOCKER));
    bench.is(DOCKER, "SUSPECT", Because.BELOW_TOLERANCE);
  }

  @Test
  void theWatchdogIsFedOnceABeatHoweverManyMessagesCome() {
    int[] fed = {0};
    Bench bench = new Bench(_ -> fed[0]++, Plans.service(DOCKER));
    int before = fed[0];
    for (int n = 0; n < 50; n++) {
      bench.turn(bench.failed(DOCKER));
    }
    assertEquals(before, fed[0]);
    bench.pass(3);
    assertEquals(before + 3, fed[0]);
  }

  @Test
  void afterAnActionOfUnknownEndOnlyFreshEvidenceCounts() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.runs(DOCKER);
    bench.dies(DOCKER);
    Exit exit = new Exit(Exit.Kind.EXITED, 1, "");
    Message before =
        new Message.Seen(DOCKER, new RunReport(new RunState.Dead(exit), bench.clock.now()));
    bench.pass(5);
    bench.ended(DOCKER, new Outcome.Uncertain("no end after 130s"));
    assertEquals("look", bench.at(DOCKER).calls.getLast());
    bench.turn(before);
    assertEquals(List.of("Start"), bench.at(DOCKER).actions());
    bench.is(DOCKER, "STARTING", Because.DIED);
    bench.pass(1);
    bench.dies(DOCKER);
    bench.is(DOCKER, "BACKOFF", Because.BACKING_OFF);
  }

  @Test
  void aDeathIsFiledOnceButWhatWasFoundNotRunningIsNone() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.dies(DOCKER);
    bench.done(DOCKER);
    assertEquals(List.of(), bench.filed);
    bench.healthy(DOCKER);
    bench.dies(DOCKER);
    bench.pass(5);
    assertEquals(List.of("docker recovered", "docker died"), bench.filed);
  }

  @Test
  void eventsTellEachChangeOnceInOrder() {
    Bench bench = new Bench(Plans.service(DOCKER));
    bench.healthy(DOCKER);
    bench.pass(30);
    bench.dies(DOCKER);
    assertEquals(
        List.of("UNKNOWN STARTING", "STARTING HEALTHY", "HEALTHY STARTING"),
        bench.publisher.eventsSince(0).stream().map(e -> e.from() + " " + e.to()).toList());
  }

  @Test
  void questionsAreAnsweredWhileTheLoopHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    boolean[] hang = {false};
    Bench bench =
        new Bench(
            _ -> {
              if (hang[0]) {
                hanging.countDown();
                awaitUninterruptibly(goOn);
              }
            },
            Plans.service(DOCKER));
    bench.healthy(DOCKER);
    hang[0] = true;
    bench.clock.pass(1);
    Thread thread = Thread.ofPlatform().daemon().start(() -> run(bench.loop));
    assertTrue(hanging.await(20, TimeUnit.SECONDS));
    bench.clock.pass(300);
    CompletableFuture<Reply> status =
        bench.loop.handle(new Request.GetStatus(Rendering.TEXT), "eva");
    assertTrue(status.isDone());
    assertTrue(status.join().body().contains("docker"), status.join().body());
    CompletableFuture<Reply> order =
        bench.loop.handle(
            new Request.Hold(Optional.empty(), Duration.ofHours(1), "disk swap"), "eva");
    assertFalse(order.isDone(), "an order takes a turn");
    assertTrue(bench.publisher.sinceLastTurn().compareTo(Duration.ofMinutes(5)) >= 0);
    goOn.countDown();
    assertEquals(0, order.get(20, TimeUnit.SECONDS).exit());
    bench.loop.quit();
    thread.join(Bench.PATIENCE);
    assertFalse(thread.isAlive());
  }

  private static void run(Loop loop) {
    try {
      loop.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
