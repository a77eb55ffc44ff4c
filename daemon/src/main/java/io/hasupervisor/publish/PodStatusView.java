package io.hasupervisor.publish;

import io.hasupervisor.assess.pod.ContainerLife;
import io.hasupervisor.assess.pod.KubeletWords;
import io.hasupervisor.observe.manifest.Masked;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import io.hasupervisor.observe.manifest.PodSeen.LastLines;
import io.hasupervisor.publish.ControlPlane.ContainerEnd;
import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pure: what was seen of a static pod turned into what is published of it. */
final class PodStatusView {
  /** Lines of a container's output that a person sees at once. */
  private static final int LINES = 3;

  /** An end longer ago is no news. */
  private static final Duration NEWS = Duration.ofHours(1);

  private PodStatusView() {}

  /** The same manifest with what really runs, and with the kubelet's words. */
  static ManifestStatus with(ManifestStatus manifest, Optional<PodSeen> look) {
    if (look.isEmpty()) {
      return manifest;
    }
    PodSeen seen = look.get();
    Optional<ContainerLife> told = told(seen);
    return new ManifestStatus(
        manifest.name(),
        manifest.drift(),
        seen.unknown().isPresent() && manifest.running().equals("unknown")
            ? told.map(PodStatusView::byTheKubelet).orElse(manifest.running())
            : manifest.running(),
        Stream.of(manifest.detail(), Plain.line(KubeletWords.of(seen), 200))
            .filter(words -> !words.isEmpty())
            .distinct()
            .collect(Collectors.joining("; ")),
        told.map(PodStatusView::of));
  }

  /** The one that does not run, else the newest. */
  private static Optional<ContainerLife> told(PodSeen seen) {
    List<ContainerLife> lives = ContainerLife.of(seen);
    return lives.stream()
        .filter(life -> !life.running())
        .findFirst()
        .or(() -> lives.stream().findFirst());
  }

  /** Whether it is as the manifest says, the kubelet does not tell. */
  private static String byTheKubelet(ContainerLife life) {
    return life.running()
        ? "running"
        : life.waiting().filter(KubeletWords::backsOff).isPresent() ? "crashing" : "starting";
  }

  private static PodStatus of(ContainerLife life) {
    return new PodStatus(
        life.name(),
        life.image(),
        Masked.lines(life.newest().map(ContainerSeen::arguments).orElse(List.of())),
        life.running(),
        life.restarts(),
        life.started(),
        life.lastEnd().map(PodStatusView::end));
  }

  private static ContainerEnd end(ContainerLife.End end) {
    Optional<String> unread = end.output().flatMap(LastLines::unread);
    return new ContainerEnd(
        end.at(),
        end.exit(),
        Stream.concat(
                Stream.of(end.reason()),
                unread.map(why -> "its output cannot be read: " + why).stream())
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining("; ")),
        end.output().map(LastLines::lines).orElse(List.of()));
  }

  /** Restarts, age, last end and last lines; nothing where it runs and has run for long. */
  static void text(StringBuilder text, PodStatus pod, Instant at, Rendering as) {
    boolean news = pod.lastEnd().filter(end -> end.at().isAfter(at.minus(NEWS))).isPresent();
    if (pod.running() && !news) {
      return;
    }
    List<String> words = new ArrayList<>();
    if (pod.restarts() > 0) {
      words.add("restarted " + Phrases.times(pod.restarts()));
    }
    pod.started().ifPresent(started -> words.add("made " + StatusText.ago(started, at)));
    pod.lastEnd()
        .ifPresent(
            end ->
                words.add(
                    "last end "
                        + StatusText.ago(end.at(), at)
                        + " with exit code "
                        + end.exit()
                        + (end.reason().isEmpty() ? "" : " (" + end.reason() + ")")));
    StatusText.wrap(text, "  ", pod.container() + ": " + String.join(", ", words), as);
    List<String> lines =
        pod.lastEnd().stream()
            .flatMap(end -> end.lines().stream())
            .filter(line -> !line.isBlank())
            .toList();
    lines
        .subList(Math.max(0, lines.size() - LINES), lines.size())
        .forEach(line -> StatusText.wrap(text, "  | ", Plain.line(line, 300), as));
  }
}
