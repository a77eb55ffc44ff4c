package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.Rendering;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Probe;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.PodSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store, a directory and a docker in memory; what is placed runs at once. */
final class FakeManifests implements ManifestWorld {
  static final Target ONE = target(1, "a");
  static final Target TWO = target(2, "b");

  /** Another etcd. */
  static final Target FOUR =
      new Target(4, List.of(new Manifest("etcd", "etcd", "etcd 4\n"), ONE.manifests().getLast()));

  final Map<String, String> directory = new ConcurrentHashMap<>();
  final Map<String, Integer> marks = new ConcurrentHashMap<>();
  volatile Optional<String> owner = Optional.empty();
  volatile Optional<String> crashing = Optional.empty();
  volatile KubeletSeen kubelet = KubeletSeen.NOTHING;
  volatile List<PodSeen.ContainerSeen> containers = List.of();
  final AtomicInteger kubeletAsked = new AtomicInteger();
  final AtomicInteger looks = new AtomicInteger();
  volatile Rendering rendering = new Rendering.Done(ONE.manifests());
  private volatile Runnable changed = () -> {};
  private final Clock clock;

  FakeManifests(Clock clock) {
    this.clock = clock;
  }

  private static Target target(int revision, String text) {
    return new Target(
        revision,
        List.of(new Manifest("etcd", "etcd", "etcd\n"), new Manifest("web", "web", text + "\n")));
  }

  void change(Runnable change) {
    change.run();
    changed.run();
  }

  @Override
  public Optional<Target> revision(int number) throws IOException {
    return switch (number) {
      case 1 -> Optional.of(ONE);
      case 2 -> Optional.of(TWO);
      case 4 -> Optional.of(FOUR);
      case 3 -> throw new IOException("etcd.yaml has another sha256 than its meta.json says");
      default -> Optional.empty();
    };
  }

  @Override
  public void tidy() {}

  @Override
  public Optional<Integer> current() {
    return Optional.ofNullable(marks.get("current"));
  }

  @Override
  public Optional<Integer> lastKnownGood() {
    return Optional.ofNullable(marks.get("good"));
  }

  @Override
  public DirectorySeen directory() {
    looks.incrementAndGet();
    Duration at = clock.now();
    List<FileSeen> files =
        directory.entrySet().stream()
            .map(
                file ->
                    new FileSeen(
                        file.getKey(),
                        Optional.of(new Manifest("", "", file.getValue()).sha256()),
                        Optional.empty(),
                        List.of(),
                        false,
                        Optional.empty(),
                        false,
                        at,
                        Optional.empty()))
            .toList();
    return new DirectorySeen(
        Path.of("manifests"), Optional.empty(), Optional.empty(), Optional.empty(), files, at);
  }

  @Override
  public Optional<String> owner(DirectorySeen seen) {
    return owner;
  }

  @Override
  public List<Finding> findings(List<Manifest> expected, DirectorySeen seen, Duration now) {
    return expected.stream()
        .filter(wanted -> seen.files().stream().noneMatch(f -> f.name().equals(wanted.file())))
        .map(
            wanted ->
                Finding.of(
                    "MANIFEST_MISSING", Finding.Severity.CRITICAL, wanted.file(), "gone", "place"))
        .toList();
  }

  @Override
  public FileWatch.Watch onChange(Runnable listener) {
    changed = listener;
    return () -> changed = () -> {};
  }

  @Override
  public PodSeen pod(Manifest manifest) {
    return new PodSeen(manifest.name(), Optional.empty(), containers);
  }

  @Override
  public PodSeen withOutput(PodSeen seen) {
    return seen;
  }

  @Override
  public KubeletSeen kubelet(Set<String> pods) {
    kubeletAsked.incrementAndGet();
    return kubelet;
  }

  @Override
  public PodVerdict verdict(Manifest manifest, PodSeen seen, Instant placedAt, Instant now) {
    return crashing.filter(manifest.text()::equals).isPresent()
        ? new PodVerdict.Crashing(3, "exit code 1")
        : new PodVerdict.Matches();
  }

  @Override
  public Optional<Probe> probe(Manifest manifest) {
    return Optional.of(_ -> new CheckResult.Passed(Duration.ZERO, "ok"));
  }

  @Override
  public boolean standsAs(Manifest manifest) {
    return false;
  }

  @Override
  public Outcome carryOut(RolloutAction action) {
    switch (action) {
      case RolloutAction.Place place ->
          directory.put(place.manifest().file(), place.manifest().text());
      case RolloutAction.MarkCurrent mark -> marks.put("current", mark.revision());
      case RolloutAction.MarkLastKnownGood mark -> marks.put("good", mark.revision());
      case RolloutAction.Prepare _, RolloutAction.AskConsent _ -> {}
      case RolloutAction.StopOldContainer _, RolloutAction.Quarantine _ ->
          throw new AssertionError("not expected: " + action);
    }
    return new Outcome.Done();
  }

  @Override
  public Rendering render() {
    return rendering;
  }

  @Override
  public Duration between(boolean haste) {
    return Duration.ofMillis(20);
  }

  @Override
  public List<Path> templates() {
    return List.of();
  }
}
