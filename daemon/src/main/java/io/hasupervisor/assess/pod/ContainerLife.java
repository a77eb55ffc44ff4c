package io.hasupervisor.assess.pod;

import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one container of a pod over its restarts: docker's facts where it has any, and
 * the kubelet's for the rest, for docker knows neither what is waited for nor what was removed.
 *
 * @param newest as docker has it; empty where only the kubelet tells of it
 * @param podUid of the newest; empty where nobody tells
 * @param image may be empty
 * @param started when the newest was made, or runs since by the kubelet
 * @param waiting why the kubelet does not start it; empty where docker shows it running
 */
public record ContainerLife(
    String name,
    Optional<ContainerSeen> newest,
    String podUid,
    String image,
    boolean running,
    int restarts,
    Optional<Instant> started,
    Optional<End> lastEnd,
    Optional<Waiting> waiting) {

  /**
   * How it ended last.
   *
   * @param reason docker's or the kubelet's words; may be empty
   */
  public record End(
      Instant at, int exit, String reason, boolean outOfMemory, Optional<LastLines> output) {

    /** The last line that says something. */
    public Optional<String> lastLine() {
      return output.stream()
          .flatMap(it -> it.lines().reversed().stream())
          .filter(line -> !line.isBlank())
          .findFirst();
    }

    /** {@code exit code 1 (killed for want of memory)}. */
    public String words() {
      return "exit code " + exit + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
  }

  /** Of each container of the pod, the one made last first. */
  public static List<ContainerLife> of(PodSeen seen) {
    return Stream.concat(
            seen.containers().stream().map(ContainerSeen::container),
            seen.kubelet().stream().map(KubeletSeen.Container::name))
        .distinct()
        .map(name -> of(name, seen))
        .toList();
  }

  private static ContainerLife of(String name, PodSeen seen) {
    List<ContainerSeen> made =
        seen.containers().stream().filter(it -> it.container().equals(name)).toList();
    Optional<KubeletSeen.Container> told =
        seen.kubelet().stream().filter(it -> it.name().equals(name)).findFirst();
    Optional<ContainerSeen> newest = made.stream().findFirst();
    boolean running =
        newest.isPresent()
            ? made.stream().anyMatch(ContainerSeen::running)
            : told.filter(KubeletSeen.Container::running).isPresent();
    return new ContainerLife(
        name,
        newest,
        newest.map(ContainerSeen::podUid).orElse(""),
        newest
            .flatMap(ContainerLife::image)
            .or(() -> told.map(KubeletSeen.Container::image))
            .orElse(""),
        running,
        newest
            .map(ContainerSeen::attempt)
            .or(() -> told.map(KubeletSeen.Container::restarts))
            .orElse(0),
        newest.map(ContainerSeen::created).or(() -> told.flatMap(KubeletSeen.Container::started)),
        made.stream()
            .filter(it -> it.ended().isPresent())
            .findFirst()
            .flatMap(it -> end(it, told, seen))
            .or(() -> told.flatMap(ContainerLife::end)),
        told.flatMap(KubeletSeen.Container::waiting).filter(_ -> !running));
  }

  /** A name that people know rather than an id. */
  private static Optional<String> image(ContainerSeen container) {
    return container.images().stream()
        .filter(it -> !it.contains("sha256:"))
        .findFirst()
        .or(() -> container.images().stream().findFirst());
  }

  /** The kubelet's word is taken for the same end only. */
  private static Optional<End> end(
      ContainerSeen ended, Optional<KubeletSeen.Container> told, PodSeen seen) {
    Optional<KubeletSeen.End> same =
        told.flatMap(KubeletSeen.Container::ended)
            .filter(
                it ->
                    ended
                        .ended()
                        .filter(at -> at.getEpochSecond() == it.at().getEpochSecond())
                        .isPresent());
    boolean memory = ended.outOfMemory() || same.filter(ContainerLife::outOfMemory).isPresent();
    return ended
        .ended()
        .map(
            at ->
                new End(
                    at,
                    ended.exit(),
                    ended.detail().isEmpty()
                        ? same.map(ContainerLife::reason).orElse("")
                        : ended.detail(),
                    memory,
                    Optional.ofNullable(seen.output().get(ended.id()))));
  }

  private static Optional<End> end(KubeletSeen.Container told) {
    return told.ended()
        .map(it -> new End(it.at(), it.exit(), reason(it), outOfMemory(it), Optional.empty()));
  }

  private static boolean outOfMemory(KubeletSeen.End end) {
    return end.reason().equals("OOMKilled");
  }

  /** "Error" and "Completed" say no more than the exit code does. */
  private static String reason(KubeletSeen.End end) {
    return end.reason().equals("Error") || end.reason().equals("Completed") ? "" : end.reason();
  }
}
