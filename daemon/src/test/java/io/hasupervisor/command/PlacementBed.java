package io.hasupervisor.command;

import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.control.ControlServer;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.publish.ControlPlane;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.Status;
import io.hasupervisor.publish.StatusJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * A master with a real store, a real directory and a real control socket, whose daemon says what it
 * is told to, one status after the other; time passes by seconds, and only while one waits.
 */
final class PlacementBed {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final String SECRET = "hunter2";

  final Path directory;
  final Path state;
  private final Path socket;
  final List<Manifest> rendered = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();
  final Deque<String> statuses = new ArrayDeque<>();
  final List<Integer> ordered = new ArrayList<>();
  boolean accepted;
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  Reply answer = Reply.done("placing begins");
  int user;
  boolean master = true;
  int seconds;

  PlacementBed(Path root) throws IOException {
    directory = Files.createDirectory(root.resolve("manifests"));
    state = Files.createDirectory(root.resolve("state"));
    socket = root.resolve("sock");
    rendered.add(manifest("etcd", "a"));
    rendered.add(manifest("kube-apiserver", "a"));
    statuses.add(status("NONE", 0, "nothing was placed yet"));
  }

  static Manifest manifest(String name, String flag) {
    return new Manifest(
        name,
        "/t/" + name + ".yaml",
        "# " + name + "\n--token=" + SECRET + "\n--flag=" + flag + "\n");
  }

  void stands(Manifest manifest) throws IOException {
    Files.write(directory.resolve(manifest.file()), manifest.bytes());
  }

  RevisionStore store() {
    return new RevisionStore(state);
  }

  /** Stored, current and good, and standing in the directory. */
  void placed(Manifest... manifests) throws IOException {
    int number = store().store(List.of(manifests), "bob", "first", NOON).number();
    store().current(number);
    store().lastKnownGood(number);
    for (Manifest manifest : manifests) {
      stands(manifest);
    }
  }

  static String status(String state, int revision, String reason) {
    return status(
        Optional.of(
            ControlPlane.ofPods(
                new RolloutStatus(
                    state,
                    Optional.of(NOON),
                    Optional.of(revision).filter(it -> it > 0),
                    Optional.empty(),
                    reason),
                List.of(),
                List.of())));
  }

  static String status(Optional<ControlPlane> plane) {
    return StatusJson.of(
        new Status(
            1,
            "m",
            "0",
            NOON,
            Status.Level.OK,
            "",
            false,
            List.of(),
            plane,
            Optional.empty(),
            List.of()));
  }

  void critical() {
    findings.add(
        Finding.of("MOUNT_WITHOUT_VOLUME", Severity.CRITICAL, "etcd", "it is so", "do that"));
  }

  /** With a daemon. */
  int run(String... args) throws IOException {
    try (ControlServer _ =
        ControlServer.start(
            socket, "no-such-group", (r, _) -> CompletableFuture.completedFuture(reply(r)))) {
      return alone(args);
    }
  }

  /** Without one. */
  int alone(String... args) {
    Supplier<PlacementWorld> world = this::world;
    return new CommandLine(new Group())
        .addSubcommand(new PlaceCommand(world))
        .addSubcommand(new RollbackCommand(world))
        .addSubcommand(new AcceptCommand(world))
        .addSubcommand(new HistoryCommand(world))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  private synchronized Reply reply(Request request) {
    if (request instanceof Request.PlaceManifests(int revision, boolean acceptLoss)) {
      ordered.add(revision);
      accepted |= acceptLoss;
      return answer;
    }
    String status = statuses.size() > 1 ? statuses.removeFirst() : statuses.getFirst();
    return status.equals("gone") ? new Reply(1, "busy") : new Reply(5, status);
  }

  private PlacementWorld world() {
    return new PlacementWorld(
        user,
        PlacementWorld.name(Map.of("SUDO_USER", "alice")),
        new Clock() {
          @Override
          public Duration now() {
            return Duration.ofSeconds(seconds);
          }

          @Override
          public Instant wall() {
            return NOON;
          }
        },
        () -> ++seconds < 10_000,
        _ -> Optional.of(plan()),
        (plan, _) -> plan.master().map(it -> new RenderedSet(it, rendered)),
        _ -> new ManifestCheck(findings, List.of()));
  }

  private Plan plan() {
    return new Plan(
        new Plan.Settings(
            "m", false, List.of(), List.of(), state, socket, "g", Duration.ofSeconds(5), 1, 1),
        List.of(),
        master ? Optional.of(master(directory)) : Optional.empty(),
        Optional.empty());
  }

  /** Master m of a cluster of one, of profile seed. */
  static Master master(Path directory) {
    return Master.watched(
        Profile.SEED,
        new Master.Node("m", "10.0.0.1"),
        new Cluster(
            "c",
            Map.of("m", "10.0.0.1"),
            Optional.empty(),
            "10.1.0.0/16",
            "10.2.0.0/16",
            "cluster.local",
            new Cluster.Etcd(
                Path.of("/var/etcd/data"), Optional.empty(), false, "t", Optional.empty(), false)),
        new ManifestSettings(directory, List.of(), false, false, Path.of("/run/docker.sock")),
        new CredentialSettings(Path.of("/srv/kubernetes"), Duration.ofDays(30), Duration.ofDays(7)),
        new KubeletSettings(Path.of("/etc/default/kubelet")));
  }

  /** Stands for the group of the command line. */
  @CommandLine.Command(name = "manifests")
  private static final class Group {}
}
