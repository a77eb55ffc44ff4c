package io.hasupervisor.assess.manifest;

import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.StaticPod;
import io.hasupervisor.observe.manifest.StaticPod.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges whether what runs is what a manifest says, by images, arguments and times. */
public final class PodRule {
  /** In which so many ends are a crash loop: the kubelet's back-off allows five. */
  private static final Duration WINDOW = Duration.ofMinutes(2);

  private static final int CRASH_LOOP = 3;

  private PodRule() {}

  /**
   * The verdict on one pod.
   *
   * @param placedAt wall time before the file was renamed into its place; containers made earlier
   *     are the earlier manifest's. {@link Instant#EPOCH} where the file has long stood there, or
   *     where the kubelet has no reason to replace the pod, see {@link StaticPod#same}: older ones
   *     count too then
   * @param now wall time of the look
   */
  public static PodVerdict verdict(String manifest, PodSeen seen, Instant placedAt, Instant now) {
    if (seen.unknown().isPresent()) {
      return new PodVerdict.Unknown(seen.unknown().get());
    }
    Optional<StaticPod> pod = StaticPod.read(manifest);
    if (pod.isEmpty()) {
      return new PodVerdict.Unknown("the manifest names no container that could be looked for");
    }
    List<Container> wanted = pod.get().containers();
    return first(wanted.stream().map(it -> crashing(it, seen, placedAt, now)))
        .or(() -> leftOver(wanted, seen))
        .or(() -> first(wanted.stream().map(it -> outdated(it, seen, placedAt))))
        .or(() -> first(wanted.stream().map(it -> missing(it, seen))))
        .orElseGet(PodVerdict.Matches::new);
  }

  private static Optional<PodVerdict> first(Stream<Optional<PodVerdict>> verdicts) {
    return verdicts.flatMap(Optional::stream).findFirst();
  }

  private static Optional<PodVerdict> crashing(
      Container wanted, PodSeen seen, Instant placedAt, Instant now) {
    List<ContainerSeen> ours =
        of(wanted, seen).filter(it -> !it.created().isBefore(placedAt)).toList();
    Instant since = now.minus(WINDOW);
    long ends =
        Math.max(
            ours.stream().filter(it -> it.ended().filter(since::isBefore).isPresent()).count(),
            placedAt.isAfter(since) ? countedByTheKubelet(wanted, seen, placedAt) : 0);
    Optional<ContainerSeen> last = ours.stream().filter(it -> it.ended().isPresent()).findFirst();
    return ends >= CRASH_LOOP && last.isPresent()
        ? Optional.of(
            new PodVerdict.Crashing(
                (int) ends, wanted.name() + " ended " + ends + " times, " + end(last.get())))
        : Optional.empty();
  }

  /**
   * The kubelet removes ended containers but the last one; a new pod's attempts count from 0. Not
   * believed where the same pod was there before.
   */
  private static long countedByTheKubelet(Container wanted, PodSeen seen, Instant placedAt) {
    Optional<ContainerSeen> newest = of(wanted, seen).findFirst();
    return newest
        .filter(
            it ->
                of(wanted, seen)
                    .filter(other -> other.podUid().equals(it.podUid()))
                    .noneMatch(other -> other.created().isBefore(placedAt)))
        .map(it -> it.attempt() + (it.ended().isPresent() ? 1L : 0L))
        .orElse(0L);
  }

  /** Running containers of this pod that the manifest does not name. */
  private static Optional<PodVerdict> leftOver(List<Container> wanted, PodSeen seen) {
    return seen.containers().stream()
        .filter(ContainerSeen::running)
        .filter(it -> wanted.stream().noneMatch(w -> w.name().equals(it.container())))
        .findFirst()
        .map(it -> old(it, "container " + it.container() + " runs and is not in the manifest"));
  }

  private static Optional<PodVerdict> outdated(Container wanted, PodSeen seen, Instant placedAt) {
    List<ContainerSeen> running = of(wanted, seen).filter(ContainerSeen::running).toList();
    for (ContainerSeen one : running) {
      if (one.created().isBefore(placedAt)) {
        return Optional.of(old(one, wanted.name() + " of the earlier manifest still runs"));
      }
      Optional<String> difference = ContainerMatch.difference(wanted, one);
      if (difference.isPresent()) {
        return Optional.of(old(one, wanted.name() + " runs with another " + difference.get()));
      }
    }
    return running.size() > 1
        ? Optional.of(old(running.getLast(), wanted.name() + " runs twice"))
        : Optional.empty();
  }

  private static Optional<PodVerdict> missing(Container wanted, PodSeen seen) {
    List<ContainerSeen> made = of(wanted, seen).toList();
    if (made.stream().anyMatch(ContainerSeen::running)) {
      return Optional.empty();
    }
    return Optional.of(
        new PodVerdict.Starting(
            made.isEmpty()
                ? "there is no container " + wanted.name() + " yet"
                : wanted.name()
                    + " does not run: "
                    + (made.getFirst().ended().isPresent()
                        ? end(made.getFirst())
                        : made.getFirst().detail())));
  }

  /** Newest first. */
  private static Stream<ContainerSeen> of(Container wanted, PodSeen seen) {
    return seen.containers().stream()
        .filter(it -> it.container().equals(wanted.name()))
        .sorted(Comparator.comparing(ContainerSeen::created).reversed());
  }

  private static PodVerdict old(ContainerSeen container, String why) {
    return new PodVerdict.Outdated(container.id(), why);
  }

  private static String end(ContainerSeen ended) {
    return "last with exit code "
        + ended.exit()
        + (ended.detail().isEmpty() ? "" : " (" + ended.detail() + ")");
  }
}
