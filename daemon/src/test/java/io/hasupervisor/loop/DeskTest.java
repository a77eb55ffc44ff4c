package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Because;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders and new configurations, as operators give them. */
@Timeout(60)
final class DeskTest {
  private static final String DOCKER = "docker";
  private static final String KUBELET = "kubelet";

  private final Bench bench = new Bench(Plans.service(DOCKER), Plans.service(KUBELET));

  private Reply hold(Optional<String> service) throws InterruptedException {
    return bench.ask(new Request.Hold(service, Duration.ofHours(1), "disk swap"));
  }

  private List<String> notices() {
    return bench.publisher.status().notices().stream().map(Notice::text).toList();
  }

  @Test
  void anOrderSaysWhatComesOfIt() throws InterruptedException {
    bench.healthy(DOCKER);
    Reply reply = bench.ask(new Request.Stop(DOCKER, Optional.empty()));
    assertEquals(0, reply.exit());
    assertTrue(reply.body().startsWith("docker: KILLING: docker "), reply.body());
    assertEquals(List.of("AskConsent"), bench.at(DOCKER).actions());
  }

  @Test
  void anOrderAgainstAHoldIsRefusedWithTheWayOut() throws InterruptedException {
    bench.healthy(DOCKER);
    hold(Optional.of(DOCKER));
    for (Request order :
        List.of(
            new Request.Restart(DOCKER), new Request.Start(DOCKER), new Request.Retry(DOCKER))) {
      Reply reply = bench.ask(order);
      assertEquals(1, reply.exit());
      assertEquals(
          "docker is held by eva (disk swap); first: ha-supervisor release docker", reply.body());
    }
    assertEquals(List.of(), bench.at(DOCKER).actions());
    bench.ask(new Request.Release(Optional.of(DOCKER)));
    assertEquals(0, bench.ask(new Request.Restart(DOCKER)).exit());
    assertEquals(List.of("AskConsent"), bench.at(DOCKER).actions());
  }

  @Test
  void aHoldWithoutANameHoldsAll() throws InterruptedException {
    hold(Optional.empty());
    bench.dies(DOCKER);
    bench.dies(KUBELET);
    bench.is(DOCKER, "HELD", Because.HELD).is(KUBELET, "HELD", Because.HELD);
    bench.clock.pass(3600);
    bench.turn();
    bench.is(DOCKER, "STARTING", Because.HOLD_OVER).is(KUBELET, "STARTING", Because.HOLD_OVER);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() throws InterruptedException {
    Reply reply = bench.ask(new Request.Restart("dokcer"));
    assertEquals(2, reply.exit());
    assertEquals("no service dokcer; there are: docker, kubelet", reply.body());
  }

  @Test
  void anUnchangedServiceIsNotTouchedByAReload() throws InterruptedException {
    bench.healthy(DOCKER);
    bench.healthy(KUBELET);
    Supervised docker = bench.service(DOCKER);
    FakeAttachment kubelet = bench.at(KUBELET);
    Reply reply = bench.reload(Plans.service(DOCKER), Plans.withoutProbes(KUBELET));
    assertEquals("kubelet: changed", reply.body());
    assertSame(docker, bench.service(DOCKER));
    bench.is(DOCKER, "HEALTHY", Because.PROBES_PASS);
    assertEquals(List.of("start", "probe"), bench.at(DOCKER).calls);
    assertEquals("close", kubelet.calls.getLast());
    assertNotEquals(kubelet, bench.at(KUBELET));
    assertEquals("start", bench.at(KUBELET).calls.getFirst());
  }

  @Test
  void aReloadOfTheSameSaysSo() throws InterruptedException {
    assertEquals(
        Reply.done("nothing changed"), bench.reload(Plans.service(DOCKER), Plans.service(KUBELET)));
    assertEquals(2, bench.attached.size());
  }

  @Test
  void aChangedServiceKeepsItsCountersAndHolds() throws InterruptedException {
    bench.runs(DOCKER);
    bench.dies(DOCKER);
    bench.done(DOCKER);
    bench.dies(DOCKER);
    bench.is(DOCKER, "BACKOFF", Because.BACKING_OFF);
    hold(Optional.of(DOCKER));
    bench.reload(Plans.withoutProbes(DOCKER), Plans.service(KUBELET));
    assertEquals(2, bench.service(DOCKER).state.log().crashes().size());
    bench.is(DOCKER, "HELD", Because.HELD);
  }

  @Test
  void aServiceNoLongerConfiguredIsLeftAsItIs() throws InterruptedException {
    bench.healthy(DOCKER);
    FakeAttachment docker = bench.at(DOCKER);
    Reply reply = bench.reload(Plans.service(KUBELET));
    assertEquals("docker: no longer supervised; it is left as it is", reply.body());
    assertEquals(List.of(), docker.actions());
    assertEquals("close", docker.calls.getLast());
    bench.dies(DOCKER);
    assertEquals(List.of(), docker.actions());
  }

  @Test
  void aBadReloadChangesNothingAndIsReported() throws InterruptedException {
    bench.healthy(DOCKER);
    Reply reply = bench.reloadBad("main.yaml:1:7: mode: must be one of act, observe", "another");
    assertEquals(78, reply.exit());
    assertTrue(reply.body().contains("another"), reply.body());
    assertEquals(2, bench.attached.size());
    bench.is(DOCKER, "HEALTHY", Because.PROBES_PASS);
    assertEquals(1, notices().size());
    assertTrue(notices().getFirst().contains("main.yaml:1:7: mode"), notices()::toString);
    assertTrue(notices().getFirst().contains("ha-supervisor check-config"), notices()::toString);
    bench.reload(Plans.service(DOCKER), Plans.service(KUBELET));
    assertEquals(List.of(), notices());
  }
}
