package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.act.Evidence;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Consent;
import io.hasupervisor.decide.manifest.Rendering;
import io.hasupervisor.host.process.RealProcesses;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.HostReport;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.publish.ClusterStatus;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.LockStatus;
import io.hasupervisor.publish.ServiceEvent;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.Status.FindingStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master's manifests in the loop with its real threads and its real disk. */
@Timeout(180)
final class MastershipTest {
  @TempDir private Path directory;
  private final TickingClock clock = new TickingClock();
  private final FakeManifests manifests = new FakeManifests(clock);
  private final FakeEtcd etcd = new FakeEtcd();
  private final FakeBackups backups = new FakeBackups();
  private final FakeRepair repair = new FakeRepair();
  private volatile Optional<Master> configured = Optional.of(Masters.m1());
  private Optional<String> found = Optional.empty();

  /** What is placed costs nobody anything. */
  @BeforeEach
  void noMemberRunsHere() {
    repair.process = new ProcessSeen.Absent();
  }

  /** A daemon that turns until closed. */
  private final class Running implements AutoCloseable {
    final Assembly assembly;
    private final CompletableFuture<Void> turning;

    Running() {
      Outside outside =
          new Outside(
              clock,
              "boot",
              _ -> {
                throw new AssertionError("no service");
              },
              Consent.ALWAYS,
              new Evidence(),
              _ ->
                  new Outside.MasterOutside(
                      manifests, etcd, new FakeEntry(), backups, repair, List.of(inspection())),
              _ -> {
                throw new AssertionError("no worker");
              });
      assembly =
          new Assembly(
              plan(), outside, () -> new PlanSource.Result.Valid(plan()), "1", List::of, _ -> {});
      assembly.start();
      turning = CompletableFuture.runAsync(() -> turn(assembly.loop()));
    }

    Reply ask(Request request) throws Exception {
      return assembly.loop().handle(request, "eva").get(60, TimeUnit.SECONDS);
    }

    Reply place(int revision) throws Exception {
      return ask(new Request.PlaceManifests(revision));
    }

    Status status() {
      return assembly.feed().status();
    }

    ControlPlane plane() {
      return status().controlPlane().orElseThrow();
    }

    /** Seconds pass until the rollout is in this state. */
    Running until(String state) {
      return until(1, state);
    }

    /** The same where nothing but time is waited for. */
    Running until(int step, String state) {
      return passing(
          step,
          () ->
              status()
                  .controlPlane()
                  .filter(plane -> plane.rollout().state().equals(state))
                  .isPresent());
    }

    /**
     * Time passes until then, but never without a look at the directory: what nobody has looked at
     * for minutes has failed.
     */
    Running passing(int step, BooleanSupplier end) {
      while (!end.getAsBoolean()) {
        int before = manifests.looks.get();
        clock.pass(step);
        RealProcesses.until(() -> end.getAsBoolean() || manifests.looks.get() >= before + 2);
      }
      return this;
    }

    Running untilRead() throws Exception {
      RealProcesses.until(
          () -> status().controlPlane().filter(p -> p.rollout().since().isPresent()).isPresent());
      return this;
    }

    Running untilFound(String code) throws Exception {
      RealProcesses.until(() -> codes().contains(code));
      return this;
    }

    List<String> codes() {
      return plane().findings().stream().map(FindingStatus::code).toList();
    }

    @Override
    public void close() {
      assembly.loop().quit();
      turning.orTimeout(60, TimeUnit.SECONDS).join();
      assembly.close();
    }
  }

  private static void turn(Loop loop) {
    try {
      loop.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Plan plan() {
    Plan plain = Plans.of(directory);
    return new Plan(plain.settings(), plain.services(), configured, Optional.empty());
  }

  private Inspection inspection() {
    return new Inspection(
        "credentials",
        List.of(),
        Duration.ofHours(1),
        () ->
            found.stream()
                .map(code -> Finding.of(code, Finding.Severity.CRITICAL, "ca.crt", "old", "renew"))
                .toList());
  }

  private Running daemon() {
    return new Running();
  }

  @Test
  void theLockIsChangedByOrderAndShownAsItIsThen() throws Exception {
    try (Running daemon = new Running().untilRead()) {
      assertEquals(1, daemon.ask(new Request.UnfreezeLock()).exit());
      assertEquals(0, daemon.ask(new Request.FreezeLock("switches")).exit());
      RealProcesses.until(
          () ->
              daemon
                  .plane()
                  .lock()
                  .flatMap(LockStatus::freeze)
                  .filter(freeze -> freeze.by().equals("eva on m1"))
                  .isPresent());
      String events = daemon.ask(new Request.GetEvents(0)).body();
      assertTrue(events.contains("eva on m1: no master is disturbed from now on"), events);
      assertEquals(1, daemon.ask(new Request.BreakLock()).exit());
      assertEquals(2, daemon.ask(new Request.RestartRolling("docker", "")).exit(), "no service");
    }
  }

  @Test
  void anOrderedRevisionIsPlacedVerifiedAndKnownGoodInTheEnd() throws Exception {
    try (Running daemon = daemon().untilRead()) {
      assertEquals("NONE", daemon.plane().rollout().state());
      assertEquals(
          Reply.done("revision 1 is placed from now on; see: ha-supervisor status"),
          daemon.place(1));
      daemon.until("SETTLING");
      assertEquals("etcd\n", manifests.directory.get("etcd.yaml"));
      assertEquals(Optional.of(1), manifests.current());
      assertEquals("matches", daemon.plane().manifests().getFirst().running());
      daemon.until(20, "PLACED");
      assertEquals(Optional.of(1), manifests.lastKnownGood());
      assertEquals(Optional.of(1), daemon.plane().rollout().lastKnownGood());
      assertTrue(
          daemon.assembly.feed().eventsSince(0).stream()
              .map(ServiceEvent::service)
              .allMatch("manifests"::equals));
    }
  }

  @Test
  void aCrashLoopIsRolledBackAndTheVerdictSaysSo() throws Exception {
    manifests.marks.put("current", 1);
    manifests.marks.put("good", 1);
    manifests.directory.put("etcd.yaml", "etcd\n");
    manifests.directory.put("web.yaml", "a\n");
    manifests.crashing = Optional.of("b\n");
    try (Running daemon = daemon().until(20, "PLACED")) {
      daemon.place(2);
      daemon.until("ROLLED_BACK");
      assertEquals("a\n", manifests.directory.get("web.yaml"));
      assertEquals(Status.Level.ATTENTION, daemon.status().verdict());
      assertTrue(
          daemon.status().summary().contains("manifests were rolled back to revision 1"),
          daemon.status()::summary);
      String reason = daemon.plane().rollout().reason();
      assertTrue(
          reason.startsWith("web of revision 2 ended again and again (exit code 1)"), reason);
    }
  }

  @Test
  void twoContainersOfOnePodAreFoundAndTheNewestIsShown() throws Exception {
    manifests.marks.put("current", 1);
    manifests.directory.put("etcd.yaml", "etcd\n");
    manifests.directory.put("web.yaml", "a\n");
    manifests.containers = List.of(container("new", 2), container("old", 1));
    try (Running daemon = daemon().untilFound("DOUBLE_CONTAINER")) {
      FindingStatus found = daemon.plane().findings().getFirst();
      assertEquals("pods", found.area());
      assertEquals("etcd", found.subject());
      assertEquals(2, daemon.plane().manifests().getFirst().pod().orElseThrow().restarts());
      manifests.containers = List.of(container("new", 2));
      RealProcesses.until(() -> !daemon.codes().contains("DOUBLE_CONTAINER"));
    }
  }

  private ContainerSeen container(String id, int attempt) {
    return new ContainerSeen(
        id,
        "uid",
        "etcd",
        attempt,
        List.of("etcd:3.4"),
        List.of("etcd"),
        clock.wall().minusSeconds(7200 - attempt),
        true,
        Optional.empty(),
        0,
        "");
  }

  @Test
  void aRestartedDaemonGoesOnWhereItWas() throws Exception {
    manifests.crashing = Optional.of("etcd\n");
    try (Running daemon = daemon().untilRead()) {
      daemon.place(1);
      RealProcesses.until(() -> daemon.plane().rollout().reason().contains("ends again"));
    }
    try (Running daemon = daemon().untilRead()) {
      assertEquals("PLACING", daemon.plane().rollout().state());
      manifests.crashing = Optional.empty();
      daemon.until("SETTLING");
    }
  }

  @Test
  void aDamagedMemoryIsToldAndNothingIsOverwritten() throws Exception {
    manifests.marks.put("current", 2);
    manifests.directory.put("etcd.yaml", "etcd\n");
    manifests.directory.put("web.yaml", "by hand\n");
    Files.createDirectories(directory.resolve("manifests"));
    Files.writeString(directory.resolve("manifests/rollout.json"), "{\"schema\":1");
    try (Running daemon = daemon().untilRead()) {
      assertTrue(
          daemon.status().notices().stream()
              .anyMatch(notice -> notice.text().contains("no file is overwritten")));
      RealProcesses.until(() -> daemon.plane().manifests().getLast().drift());
      clock.pass(3600);
      daemon.until("SETTLING");
      assertEquals("by hand\n", manifests.directory.get("web.yaml"));
    }
  }

  @Test
  void refusesWhatCannotBePlaced() throws Exception {
    try (Running daemon = daemon().untilRead()) {
      assertEquals(2, daemon.place(9).exit());
      assertEquals(
          Reply.refused(
              "revision 3 cannot be used: etcd.yaml has another sha256 than its meta.json says"),
          daemon.place(3));
      manifests.change(() -> manifests.owner = Optional.of("kubeadm"));
      daemon.until("OBSERVED");
      Reply refused = daemon.place(1);
      assertEquals(1, refused.exit());
      assertTrue(refused.body().contains("belongs to kubeadm"), refused.body());
      configured = Optional.empty();
      assertEquals(
          Reply.done("no longer a master: its manifests are left as they are"),
          daemon.ask(new Request.Reload()));
      RealProcesses.until(() -> daemon.status().controlPlane().isEmpty());
      assertEquals(Reply.refused("this host is not configured as a master"), daemon.place(1));
    }
  }

  @Test
  void findingsOfInspectionsAndOfTheConfigurationAreShown() throws Exception {
    found = Optional.of("CA_EXPIRES");
    manifests.rendering = new Rendering.Done(FakeManifests.TWO.manifests());
    try (Running daemon = daemon().untilRead().untilFound("CA_EXPIRES")) {
      daemon.place(1);
      daemon.until("SETTLING").untilFound("CONFIG_NOT_PLACED");
      assertEquals("CA_EXPIRES", daemon.codes().getFirst());
      assertEquals(Status.Level.CRITICAL, daemon.status().verdict());
      assertTrue(daemon.status().summary().contains("CA_EXPIRES"));
    }
  }

  @Test
  void aMissingFileIsPutBackOnceItIsSeen() throws Exception {
    try (Running daemon = daemon().untilRead()) {
      daemon.place(1);
      daemon.until("SETTLING");
      manifests.change(() -> manifests.directory.remove("web.yaml"));
      RealProcesses.until(() -> manifests.directory.containsKey("web.yaml"));
    }
  }

  @Test
  void etcdIsInTheStatusOnceARoundHasEndedAndIsRememberedOverARestart() throws Exception {
    etcd.rounds.add(Rounds.well(clock.now(), 812_233));
    try (Running daemon = daemon()) {
      RealProcesses.until(() -> daemon.plane().etcd().isPresent());
      assertEquals(812_233, daemon.plane().etcd().orElseThrow().revision());
      RealProcesses.until(() -> Files.exists(directory.resolve("etcd-memory.json")));
    }
    assertTrue(etcd.closed);
    etcd.rounds.add(Rounds.well(clock.now(), 7));
    try (Running daemon = daemon()) {
      RealProcesses.until(() -> daemon.plane().etcd().isPresent());
      assertEquals("DATA_REGRESSION", daemon.plane().etcd().orElseThrow().state());
      RealProcesses.until(() -> daemon.codes().contains("DATA_REGRESSION"));
      Reply accepted = daemon.ask(new Request.AcceptRestore());
      assertTrue(accepted.body().startsWith("forgotten: revision 812233 "), accepted.body());
      etcd.rounds.add(Rounds.well(clock.now(), 8));
      RealProcesses.until(() -> daemon.plane().etcd().orElseThrow().rememberedRevision() == 8);
    }
  }

  @Test
  void aChangedConfigurationKeepsWhatWasProven() throws Exception {
    etcd.rounds.add(Rounds.well(clock.now(), 812_233));
    try (Running daemon = daemon()) {
      RealProcesses.until(() -> daemon.plane().etcd().isPresent());
      configured = Optional.of(Masters.attesting(EtcdSettings.Attest.NEVER));
      assertEquals(Reply.done("master: changed"), daemon.ask(new Request.Reload()));
      etcd.rounds.add(Rounds.well(clock.now(), 7));
      RealProcesses.until(
          () ->
              daemon.plane().etcd().filter(it -> it.state().equals("DATA_REGRESSION")).isPresent());
    }
  }

  @Test
  void theClusterIsToldFromTheStartWithWhatThisHostSaysOfItself() throws Exception {
    etcd.secrets = Map.of("server.key", "0123456789abcdef");
    try (Running daemon = daemon()) {
      RealProcesses.until(() -> daemon.assembly.feed().cluster().isPresent());
      ClusterStatus told = daemon.assembly.feed().cluster().orElseThrow();
      assertEquals("c", told.cluster());
      assertEquals("SPEAKS", told.masters().getFirst().daemon());
      assertEquals(etcd.secrets, told.masters().getFirst().said().orElseThrow().secrets());
      Reply reply = daemon.ask(new Request.GetCluster(io.hasupervisor.publish.Rendering.JSON));
      assertEquals(4, reply.exit());
      assertTrue(reply.body().contains("\"cluster\" : \"c\""), reply.body());
      configured = Optional.empty();
      daemon.ask(new Request.Reload());
      RealProcesses.until(() -> daemon.assembly.feed().cluster().isEmpty());
      assertEquals(
          Reply.refused("this host is not configured as a master"),
          daemon.ask(new Request.GetCluster(io.hasupervisor.publish.Rendering.TEXT)));
    }
  }

  private Attestation word() {
    return new Attestation(
        new EtcdId(-2),
        Rounds.CLUSTER,
        "m2",
        "machine",
        "boot",
        7,
        1,
        1,
        "3.4.23",
        Duration.ZERO,
        List.of(),
        true,
        "HEALTHY",
        "",
        "none",
        HostReport.NONE,
        clock.wall());
  }

  @Test
  void aDaemonRestartedWithoutQuorumTellsWhatItsOwnMemberHolds() throws Exception {
    etcd.rounds.add(Rounds.of(clock.now(), 812_233, Rounds.Is.ALONE, Rounds.Is.DOWN));
    try (Running daemon = daemon()) {
      // The first answer of a cold program may come too late: it is asked again.
      RealProcesses.until(() -> etcd.lookedUp.get() == 1);
      etcd.words = List.of(word());
      clock.pass(31);
      RealProcesses.until(
          () ->
              daemon.assembly.feed().cluster().stream()
                  .flatMap(it -> it.masters().stream())
                  .anyMatch(it -> it.name().equals("m2") && it.said().isPresent()));
      ClusterStatus told = daemon.assembly.feed().cluster().orElseThrow();
      assertFalse(told.heard());
      assertEquals("UNKNOWN", told.masters().getLast().daemon());
      assertEquals(Optional.empty(), told.masters().getLast().heardAt());
    }
  }

  @Test
  void aDamagedMemoryOfEtcdIsToldWithWhatItMeans() throws Exception {
    Files.writeString(directory.resolve("etcd-memory.json"), "{");
    try (Running daemon = daemon()) {
      RealProcesses.until(
          () ->
              daemon.status().notices().stream()
                  .anyMatch(notice -> notice.code().equals("ETCD_MEMORY")));
    }
  }

  @Test
  void aRestoreIsAcceptedOnAMasterOnly() throws Exception {
    try (Running daemon = daemon().untilRead()) {
      assertEquals(1, daemon.ask(new Request.AcceptRestore()).exit());
      configured = Optional.empty();
      daemon.ask(new Request.Reload());
      assertEquals(
          Reply.refused("this host is not configured as a master"),
          daemon.ask(new Request.AcceptRestore()));
      assertTrue(etcd.closed);
    }
  }

  @Test
  void olderDataThanBeforeKeepsEtcdsManifestFromBeingPutBack() throws Exception {
    try (Running daemon = daemon().untilRead()) {
      daemon.place(1);
      daemon.until("SETTLING");
      etcd.rounds.add(Rounds.well(clock.now(), 812_233));
      RealProcesses.until(() -> daemon.plane().etcd().isPresent());
      etcd.rounds.add(Rounds.well(clock.now(), 7));
      clock.pass(20);
      RealProcesses.until(
          () -> daemon.plane().etcd().orElseThrow().state().equals("DATA_REGRESSION"));
      manifests.change(() -> manifests.directory.remove("etcd.yaml"));
      RealProcesses.until(() -> daemon.plane().rollout().reason().contains("accept-restore"));
      assertFalse(manifests.directory.containsKey("etcd.yaml"));
    }
  }

  @Test
  void anotherEtcdWaitsForTheLockAndIsPlacedOnceItCanBeHad() throws Exception {
    try (Running daemon = daemon().untilRead()) {
      daemon.place(1);
      daemon.until("SETTLING");
      repair.process = new ProcessSeen.Alive(100, 'S', 5000);
      etcd.rounds.add(Rounds.well(clock.now(), 100));
      RealProcesses.until(() -> daemon.plane().etcd().isPresent());
      daemon.place(4);
      daemon.passing(1, () -> daemon.plane().rollout().reason().contains("must not be placed now"));
      String reason = daemon.plane().rollout().reason();
      assertTrue(reason.contains("Placing another etcd would restart"), reason);
      assertEquals("PLACING", daemon.plane().rollout().state());
      assertEquals("etcd\n", manifests.directory.get("etcd.yaml"));
      assertEquals(List.of(), repair.done, "nothing is taken");
      repair.process = new ProcessSeen.Absent();
      repair.reachable = false;
      etcd.rounds.add(Rounds.of(clock.now(), 100, Rounds.Is.DOWN, Rounds.Is.DOWN, Rounds.Is.DOWN));
      daemon.until("SETTLING");
      assertEquals("etcd 4\n", manifests.directory.get("etcd.yaml"));
    }
  }
}
