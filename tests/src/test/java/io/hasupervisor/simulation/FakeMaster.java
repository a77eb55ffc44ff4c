package io.hasupervisor.simulation;

import io.hasupervisor.assess.manifest.PodVerdict;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host whose kubelet runs what stands in its directory, as well as that can be run. */
final class FakeMaster {
  static final List<String> NAMES =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  /** How the containers of one text behave. */
  enum Quality {
    GOOD,
    CRASHES,
    NEVER_HEALTHY,
    NO_IMAGE
  }

  /** One pod as docker has it. */
  private static final class Pod {
    String text = "";
    Duration startsAt = Duration.ZERO;
    Optional<String> oldId = Optional.empty();
    Duration oldUntil = Duration.ZERO;
  }

  final Map<String, String> directory = new LinkedHashMap<>();
  final Map<String, Duration> changedAt = new HashMap<>();
  final List<Target> store = new ArrayList<>();
  final Map<String, Quality> qualities = new HashMap<>();
  Optional<Integer> current = Optional.empty();
  Optional<Integer> good = Optional.empty();
  Optional<String> owner = Optional.empty();
  boolean dockerSilent;
  boolean diskFull;
  boolean kubeletLeavesOld;
  Duration peersGoneSince = Duration.ofDays(9999);
  Duration unreadableUntil = Duration.ZERO;
  private final Map<String, Pod> pods = new HashMap<>();
  private final Chance chance;
  private int containers;

  FakeMaster(Chance chance) {
    this.chance = chance;
  }

  /** A new revision: some texts as before, some new, of which some do not run. */
  Target revise() {
    int number = store.size() + 1;
    List<Manifest> manifests = new ArrayList<>();
    for (String name : NAMES) {
      boolean same = !store.isEmpty() && chance.oneIn(2);
      String text =
          same
              ? store.get(chance.between(0, store.size() - 1)).find(name).orElseThrow().text()
              : name + " of revision " + number + "\n  terminationGracePeriodSeconds: 10\n";
      if (!qualities.containsKey(text)) {
        qualities.put(
            text,
            chance.oneIn(2) ? Quality.GOOD : List.of(Quality.values()).get(chance.between(0, 3)));
      }
      manifests.add(new Manifest(name, name, text));
    }
    Target target = new Target(number, manifests);
    store.add(target);
    return target;
  }

  Target revision(int number) {
    return store.get(number - 1);
  }

  /** The file is replaced as a whole. */
  void write(String file, String text, Duration now) {
    if (!text.equals(directory.get(file))) {
      directory.put(file, text);
      changedAt.put(file, now);
    }
  }

  void remove(String file, Duration now) {
    directory.remove(file);
    changedAt.put(file, now);
  }

  /** The kubelet looks at its directory. */
  void kubelet(Duration now) {
    for (String name : NAMES) {
      Pod pod = pods.computeIfAbsent(name, _ -> new Pod());
      String text = directory.getOrDefault(name + ".yaml", "");
      if (!text.equals(pod.text)) {
        boolean ran = !pod.text.isEmpty() && pod.oldId.isEmpty() && runnable(pod.text);
        if (ran) {
          pod.oldId = Optional.of(name + "-old-" + ++containers);
          pod.oldUntil = kubeletLeavesOld ? Duration.ofDays(9999) : now.plusSeconds(5);
        }
        pod.text = text;
        pod.startsAt = now.plusSeconds(chance.between(1, 20));
      }
      if (pod.oldId.isPresent() && now.compareTo(pod.oldUntil) >= 0) {
        pod.oldId = Optional.empty();
      }
    }
  }

  private boolean runnable(String text) {
    return quality(text) == Quality.GOOD || quality(text) == Quality.NEVER_HEALTHY;
  }

  /** What ran may run no longer, for a reason of its own. */
  void spoil(String text, Quality quality) {
    qualities.replace(text, quality);
  }

  Quality quality(String text) {
    return qualities.getOrDefault(text, Quality.GOOD);
  }

  /** Whether this container is one that an earlier text left behind. */
  boolean isOld(String manifest, String id) {
    return Optional.ofNullable(pods.get(manifest))
        .flatMap(pod -> pod.oldId)
        .equals(Optional.of(id));
  }

  void stop(String manifest) {
    Optional.ofNullable(pods.get(manifest)).ifPresent(pod -> pod.oldUntil = Duration.ZERO);
  }

  boolean peersGone(Duration now) {
    return now.compareTo(peersGoneSince) >= 0;
  }

  DirectorySeen look(Duration now) {
    if (now.compareTo(unreadableUntil) < 0) {
      return new DirectorySeen(
          Path.of("manifests"),
          Optional.of("Input/output error"),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          now);
    }
    List<FileSeen> files = new ArrayList<>();
    directory.forEach(
        (file, text) ->
            files.add(
                new FileSeen(
                    file,
                    Optional.of(new Manifest("", "", text).sha256()),
                    Optional.of("kube-system/" + file.replaceFirst("\\..*", "")),
                    List.of(),
                    false,
                    Optional.empty(),
                    false,
                    changedAt.getOrDefault(file, Duration.ZERO),
                    Optional.empty())));
    return new DirectorySeen(
        Path.of("manifests"), Optional.empty(), Optional.empty(), Optional.empty(), files, now);
  }

  boolean made(Manifest manifest, Duration now) {
    Pod pod = pods.computeIfAbsent(manifest.name(), _ -> new Pod());
    return !dockerSilent
        && pod.text.equals(manifest.text())
        && quality(pod.text) != Quality.NO_IMAGE
        && now.compareTo(pod.startsAt) >= 0;
  }

  PodVerdict verdict(Manifest manifest, Duration now) {
    if (dockerSilent) {
      return new PodVerdict.Unknown("docker does not answer");
    }
    Pod pod = pods.computeIfAbsent(manifest.name(), _ -> new Pod());
    if (pod.oldId.isPresent()) {
      return new PodVerdict.Outdated(pod.oldId.get(), "still there");
    }
    if (!pod.text.equals(manifest.text())) {
      return new PodVerdict.Starting("another text stands there");
    }
    if (!made(manifest, now)) {
      return new PodVerdict.Starting("no container");
    }
    return switch (quality(pod.text)) {
      case GOOD -> withoutEtcd(manifest, now);
      case CRASHES ->
          new PodVerdict.Crashing(
              (int) now.minus(pod.startsAt).dividedBy(Duration.ofSeconds(15)), "1");
      case NEVER_HEALTHY -> new PodVerdict.Matches();
      case NO_IMAGE -> new PodVerdict.Starting("no image");
    };
  }

  /** An apiserver without etcd ends again and again, in vain. */
  private PodVerdict withoutEtcd(Manifest manifest, Duration now) {
    return manifest.name().equals("kube-apiserver") && peersGone(now)
        ? new PodVerdict.Crashing(
            (int) now.minus(peersGoneSince).dividedBy(Duration.ofSeconds(20)), "no etcd")
        : new PodVerdict.Matches();
  }

  Optional<CheckResult> probe(Manifest manifest, Duration now) {
    if (manifest.name().equals("kube-scheduler")) {
      return Optional.empty();
    }
    boolean alone = manifest.name().equals("etcd") && peersGone(now);
    boolean passes =
        verdict(manifest, now) instanceof PodVerdict.Matches
            && quality(manifest.text()) == Quality.GOOD
            && !alone;
    return Optional.of(
        passes
            ? new CheckResult.Passed(Duration.ofMillis(2), "ok")
            : new CheckResult.Failed(Symptom.BAD_STATUS, "503"));
  }

  /** Everything runs, whatever it was. */
  void calm() {
    owner = Optional.empty();
    dockerSilent = false;
    diskFull = false;
    kubeletLeavesOld = false;
    peersGoneSince = Duration.ofDays(9999);
    unreadableUntil = Duration.ZERO;
    qualities.replaceAll((_, _) -> Quality.GOOD);
    pods.values().forEach(pod -> pod.oldUntil = Duration.ZERO);
  }
}
