package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.observe.manifest.DirectorySeen;
import io.hasupervisor.observe.manifest.DirectorySeen.FileSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is believed of the world.
 *
 * @param directory the newest look; empty since an action that made it stale
 * @param owner another tool whose directory it is
 * @param pods by manifest, since its placement
 * @param ours by manifest, what this daemon placed last
 * @param ran manifests of which some version was ever verified on this host
 * @param current the revision that the store is marked with
 * @param believeFrom what was seen before is stale
 * @param etcd as it was judged last
 */
public record RolloutFacts(
    Optional<DirectorySeen> directory,
    Optional<String> owner,
    Map<String, PodFacts> pods,
    Map<String, Ours> ours,
    Set<String> ran,
    Optional<Integer> current,
    Duration believeFrom,
    EtcdFacts etcd) {

  /**
   * What this daemon placed last of one manifest.
   *
   * @param at wall time, to be compared with docker's
   */
  public record Ours(String sha256, Instant at) {}

  /** How a file of ours stands in the directory. */
  public enum Standing {
    SAME,
    MISSING,
    CHANGED
  }

  public RolloutFacts {
    pods = Map.copyOf(pods);
    ours = Map.copyOf(ours);
    ran = Set.copyOf(ran);
  }

  /** The file of this manifest. */
  public Optional<FileSeen> file(Manifest manifest) {
    return directory.stream()
        .flatMap(seen -> seen.files().stream())
        .filter(file -> file.name().equals(manifest.file()))
        .findFirst();
  }

  /** How the file of this manifest stands in the directory seen last. */
  public Standing standing(Manifest manifest) {
    return file(manifest)
        .map(
            file ->
                file.sha256().filter(manifest.sha256()::equals).isPresent()
                    ? Standing.SAME
                    : Standing.CHANGED)
        .orElse(Standing.MISSING);
  }

  /** What is known of this manifest's pod. */
  public Optional<PodFacts> pod(Manifest manifest) {
    return Optional.ofNullable(pods.get(manifest.name()))
        .filter(pod -> pod.last().sha256().equals(manifest.sha256()));
  }

  boolean verified(Manifest manifest, Duration now) {
    return standing(manifest) == Standing.SAME
        && pod(manifest).filter(pod -> pod.verified(Patience.of(manifest), now)).isPresent();
  }

  boolean ranHere(Manifest manifest) {
    return ran.contains(manifest.name());
  }

  boolean placedByUs(Manifest manifest) {
    return own(manifest).isPresent();
  }

  private Optional<Ours> own(Manifest manifest) {
    return Optional.ofNullable(ours.get(manifest.name()))
        .filter(placed -> placed.sha256().equals(manifest.sha256()));
  }

  /** When this manifest was placed; {@link Instant#EPOCH} where it was not, or not by us. */
  public Instant placedAt(Manifest manifest) {
    return own(manifest).map(Ours::at).orElse(Instant.EPOCH);
  }

  RolloutFacts with(DirectorySeen seen, Optional<String> ownedBy) {
    return new RolloutFacts(
        Optional.of(seen), ownedBy, pods, ours, ran, current, believeFrom, etcd);
  }

  RolloutFacts with(String manifest, PodFacts pod) {
    Map<String, PodFacts> next = new HashMap<>(pods);
    next.put(manifest, pod);
    return new RolloutFacts(directory, owner, next, ours, ran, current, believeFrom, etcd);
  }

  RolloutFacts with(String manifest, Ours placed) {
    Map<String, Ours> next = new HashMap<>(ours);
    next.put(manifest, placed);
    return new RolloutFacts(directory, owner, pods, next, ran, current, believeFrom, etcd);
  }

  RolloutFacts with(EtcdFacts judged) {
    return new RolloutFacts(directory, owner, pods, ours, ran, current, believeFrom, judged);
  }

  RolloutFacts marked(int revision) {
    return new RolloutFacts(
        directory, owner, pods, ours, ran, Optional.of(revision), believeFrom, etcd);
  }

  /** What the store is marked with is not known. */
  RolloutFacts unmarked() {
    return new RolloutFacts(directory, owner, pods, ours, ran, Optional.empty(), believeFrom, etcd);
  }

  RolloutFacts running(String manifest) {
    Set<String> next = new HashSet<>(ran);
    next.add(manifest);
    return new RolloutFacts(directory, owner, pods, ours, next, current, believeFrom, etcd);
  }

  /** What a daemon that starts anew still knows. */
  static RolloutFacts remembered(
      Map<String, Ours> ours, Set<String> ran, Optional<Integer> current, Duration now) {
    return new RolloutFacts(
        Optional.empty(), Optional.empty(), Map.of(), ours, ran, current, now, EtcdFacts.none());
  }

  /** Everything seen so far is stale. */
  RolloutFacts stale(Duration at) {
    return new RolloutFacts(Optional.empty(), owner, Map.of(), ours, ran, current, at, etcd);
  }

  /** Everything seen so far of the directory is stale. */
  RolloutFacts staleDirectory(Duration at) {
    return new RolloutFacts(Optional.empty(), owner, pods, ours, ran, current, at, etcd);
  }

  /** Everything seen so far of this pod is stale. */
  RolloutFacts without(String manifest) {
    Map<String, PodFacts> next = new HashMap<>(pods);
    next.remove(manifest);
    return new RolloutFacts(directory, owner, next, ours, ran, current, believeFrom, etcd);
  }
}
