package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.assess.etcd.ClusterState;
import io.hasupervisor.assess.etcd.EtcdView;
import io.hasupervisor.assess.etcd.EtcdViews;
import io.hasupervisor.assess.etcd.MemberState;
import io.hasupervisor.cluster.EtcdSettings.Attest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.loop.Rounds.Is;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often this host says that its member is well, and what. */
@Timeout(60)
final class AttesterTest {
  private static final EtcdView FULL =
      EtcdViews.of(ClusterState.QUORUM_FULL, MemberState.HEALTHY, MemberState.HEALTHY);
  private static final EtcdView LOST =
      EtcdViews.of(ClusterState.QUORUM_LOST, MemberState.LOCAL_ONLY, MemberState.DOWN);

  private static final Attester.Said SAID =
      new Attester.Said(
          "HEALTHY",
          "UP",
          "none",
          new HostReport(
              "0.2.0", "UNHEALTHY", Optional.of(7), Optional.of(6), "", Map.of("ca.crt", "ab")));

  private final HandClock clock = new HandClock();
  private final FakeEtcd world = new FakeEtcd();

  private Attester attester(Attest when, Is... members) {
    Attester attester = new Attester(Masters.attesting(when), world, clock, "boot", () -> SAID);
    attester.looked(Rounds.of(clock.now(), 812_233, members));
    return attester;
  }

  private Attester always() {
    return attester(Attest.ALWAYS, Is.WELL, Is.WELL);
  }

  /** The seconds at which something was written while so many passed. */
  private List<Long> written(Attester attester, EtcdView view, int seconds) throws Exception {
    Duration began = clock.now();
    for (int n = 0; n < seconds; n++) {
      attester.tick(view, clock.now());
      RealProcesses.until(attester::idle);
      clock.pass(1);
    }
    List<Attestation> all = new ArrayList<>();
    world.attested.drainTo(all);
    return all.stream()
        .map(it -> Duration.between(clock.wall().minus(clock.now()).plus(began), it.at()))
        .map(Duration::toSeconds)
        .toList();
  }

  @Test
  void everyHalfMinuteWhileAllIsWell() throws Exception {
    assertEquals(List.of(0L, 30L, 60L), written(always(), FULL, 90));
  }

  @Test
  void everyTenSecondsWhileItIsNot() throws Exception {
    assertEquals(List.of(0L, 10L, 20L), written(always(), LOST, 30));
  }

  @Test
  void alsoWhereNobodyElseCanBeAskedAndNeverWhereThatIsConfigured() throws Exception {
    assertEquals(List.of(0L, 30L), written(attester(Attest.ALWAYS, Is.WELL, Is.HIDDEN), FULL, 60));
    assertEquals(List.of(), written(attester(Attest.NEVER, Is.WELL, Is.HIDDEN), FULL, 60));
  }

  @Test
  void saysWhatThisHostKnows() throws Exception {
    Attester attester = always();
    attester.tick(FULL, clock.now());
    Attestation first = world.attested.take();
    assertEquals(new EtcdId(-1), first.member());
    assertEquals(new EtcdId(0x8211), first.cluster());
    assertEquals("m1", first.node());
    assertEquals("boot", first.bootId());
    assertEquals(812_233, first.revision());
    assertEquals(2 * 812_233, first.applied());
    assertEquals("3.4.23", first.version());
    assertEquals(Duration.ofMillis(2), first.slow());
    assertEquals("HEALTHY", first.docker());
    assertEquals("none", first.repair());
    assertEquals(SAID.report(), first.host());
    assertTrue(first.healthy());
    RealProcesses.until(attester::idle);
    clock.pass(30);
    attester.tick(FULL, clock.now());
    assertEquals(first.sequence() + 1, world.attested.take().sequence());
  }

  @Test
  void aRestartedDaemonDoesNotRepeatANumber() throws Exception {
    Attester before = always();
    written(before, FULL, 61);
    clock.pass(10);
    before.tick(LOST, clock.now());
    long last = world.attested.take().sequence();
    always().tick(FULL, clock.now());
    assertTrue(world.attested.take().sequence() > last);
  }

  @Test
  void nothingIsSaidWithoutAMemberOfThisHost() throws Exception {
    EtcdView none = EtcdViews.of(ClusterState.QUORUM_UNKNOWN);
    assertEquals(List.of(), written(always(), none, 60));
  }

  @Test
  void oneThatHangsIsFollowedByNone() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    FakeEtcd hanging =
        new FakeEtcd() {
          @Override
          public Outcome attest(Attestation attestation) {
            super.attest(attestation);
            while (hangs.getCount() > 0) {
              try {
                hangs.await();
              } catch (InterruptedException e) {
                // It does not let itself be interrupted.
              }
            }
            return new Outcome.Failed("no space");
          }
        };
    Attester attester =
        new Attester(Masters.attesting(Attest.ALWAYS), hanging, clock, "boot", () -> SAID);
    for (int n = 0; n < 300; n++) {
      attester.tick(LOST, clock.now());
      clock.pass(1);
    }
    hanging.attested.take();
    assertTrue(hanging.attested.isEmpty());
    hangs.countDown();
    RealProcesses.until(attester::idle);
    attester.tick(LOST, clock.now());
    hanging.attested.take();
  }
}
