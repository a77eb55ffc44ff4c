package io.hasupervisor;

import io.hasupervisor.act.hostfiles.Preparation;
import io.hasupervisor.act.manifest.OldContainer;
import io.hasupervisor.act.manifest.Placer;
import io.hasupervisor.act.manifest.Quarantine;
import io.hasupervisor.act.manifest.Revision;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.manifest.DirectoryRule;
import io.hasupervisor.assess.manifest.PodRule;
import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.Renderer;
import io.hasupervisor.decide.manifest.Rendering;
import io.hasupervisor.decide.manifest.RolloutAction;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.host.Clock;
import io.hasupervisor.host.FileWatch;
import io.hasupervisor.host.WholeFile;
import io.hasupervisor.loop.ManifestWorld;
import io.hasupervisor.observe.Probe;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.KubeletPods;
import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.ManifestDirectory;
import io.hasupervisor.observe.manifest.PodProbe;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.RunningPods;
import io.hasupervisor.observe.manifest.StaticPod;
import io.hasupervisor.observe.manifest.TemplateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The store, the directory, docker and the host's files of one master: part of the wiring. */
final class MasterWorld implements ManifestWorld {
  private static final int MANIFEST_LIMIT = 1 << 20;

  private final Master master;
  private final Path directory;
  private final Path stateDir;
  private final Clock clock;
  private final FileWatch files;
  private final RevisionStore store;
  private final Placer placer;
  private final RunningPods pods;
  private final KubeletPods kubelet;
  private final OldContainer old;

  MasterWorld(Master master, Path stateDir, Clock clock, FileWatch files) {
    ManifestSettings settings = master.manifests();
    this.master = master;
    this.directory = settings.directory();
    this.stateDir = stateDir;
    this.clock = clock;
    this.files = files;
    this.store = new RevisionStore(stateDir);
    this.placer = new Placer(directory);
    this.pods = new RunningPods(settings.docker());
    this.kubelet = KubeletPods.here(master.credentials().directory());
    this.old = new OldContainer(settings.docker());
  }

  @Override
  public Optional<Target> revision(int number) throws IOException {
    return store.read(number).map(revision -> new Target(number, revision.manifests()));
  }

  @Override
  public void tidy() {
    placer.clean();
  }

  @Override
  public Optional<Integer> current() throws IOException {
    return store.current();
  }

  @Override
  public Optional<Integer> lastKnownGood() throws IOException {
    return store.lastKnownGood();
  }

  @Override
  public DirectorySeen directory() {
    return ManifestDirectory.look(directory, clock);
  }

  @Override
  public Optional<String> owner(DirectorySeen seen) {
    return seen.owner().map(owner -> owner.tool() + " (" + owner.why() + ")");
  }

  @Override
  public List<Finding> findings(List<Manifest> expected, DirectorySeen seen, Duration now) {
    return DirectoryRule.findings(expected, seen, now);
  }

  @Override
  public FileWatch.Watch onChange(Runnable changed) {
    return files.watchAll(directory, changed);
  }

  @Override
  public PodSeen pod(Manifest manifest) {
    return StaticPod.read(manifest.text())
        .map(pod -> pods.look(pod.on(master.node().name())))
        .orElseGet(
            () ->
                new PodSeen(
                    manifest.name(), Optional.of("the manifest names no container"), List.of()));
  }

  @Override
  public PodSeen withOutput(PodSeen seen) {
    return pods.withOutput(seen);
  }

  @Override
  public KubeletSeen kubelet(Set<String> wanted) throws InterruptedException {
    return kubelet.look(wanted);
  }

  @Override
  public PodVerdict verdict(Manifest manifest, PodSeen seen, Instant placedAt, Instant now) {
    return PodRule.verdict(manifest.text(), seen, placedAt, now);
  }

  @Override
  public Optional<Probe> probe(Manifest manifest) {
    return PodProbe.probe(manifest.text(), master.node().address());
  }

  @Override
  public boolean standsAs(Manifest manifest) {
    try {
      byte[] content = WholeFile.read(directory.resolve(manifest.file()), MANIFEST_LIMIT);
      return StaticPod.same(manifest.text(), new String(content, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Outcome carryOut(RolloutAction action) throws InterruptedException {
    try {
      return switch (action) {
        case RolloutAction.Prepare prepare ->
            Preparation.in(stateDir).prepare(master, prepare.manifests());
        case RolloutAction.Place place -> placer.place(place.manifest());
        case RolloutAction.AskConsent ask -> consent(ask);
        case RolloutAction.StopOldContainer stop -> old.stop(stop.id());
        case RolloutAction.Quarantine quarantine ->
            new Quarantine(directory, stateDir).move(quarantine.file(), placed(), clock.wall());
        case RolloutAction.MarkCurrent mark -> {
          store.current(mark.revision());
          yield new Outcome.Done();
        }
        case RolloutAction.MarkLastKnownGood mark -> {
          store.lastKnownGood(mark.revision());
          yield new Outcome.Done();
        }
      };
    } catch (IOException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  /** A member without its data would come back empty. */
  private Outcome consent(RolloutAction.AskConsent ask) {
    Path data = master.cluster().etcd().data();
    boolean lost =
        ask.manifest().name().equals("etcd")
            && ask.ranHere()
            && !Files.isDirectory(data.resolve("member"), LinkOption.NOFOLLOW_LINKS);
    return lost
        ? new Outcome.Refused(
            "data",
            "etcd ran here and its data is not in "
                + data
                + " now, and without it etcd might start empty: mount it again; only where it is"
                + " gone for good and this member was removed and added anew: ha-supervisor etcd"
                + " accept-empty, then place the manifests",
            Duration.ofMinutes(1))
        : new Outcome.Done();
  }

  private List<Manifest> placed() throws IOException {
    Optional<Integer> current = store.current();
    return current.isEmpty()
        ? List.of()
        : store.read(current.get()).map(Revision::manifests).orElse(List.of());
  }

  @Override
  public Rendering render() throws IOException {
    return Renderer.render(master, TemplateFiles.read(master.manifests().wanted()));
  }

  @Override
  public List<Path> templates() {
    return master.manifests().wanted().stream().map(ManifestSettings.Wanted::template).toList();
  }
}
