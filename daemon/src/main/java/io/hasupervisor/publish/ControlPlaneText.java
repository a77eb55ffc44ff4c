package io.hasupervisor.publish;

import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.ReadyStatus;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.Status.FindingStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of the status's text that tells of a master: its static pods, its etcd, the way in, its
 * findings.
 */
final class ControlPlaneText {
  /** Findings shown; the worst come first. */
  private static final int SHOWN = 8;

  private static final int LONGEST_NAME = 30;

  /** The longest label of {@link io.hasupervisor.assess.manifest.PodVerdict}. */
  private static final int RUNNING = 8;

  private ControlPlaneText() {}

  static void append(StringBuilder text, ControlPlane plane, Instant at, Rendering as) {
    text.append('\n');
    manifests(text, plane.manifests(), at, as);
    rollout(text, plane.rollout(), at, as);
    plane.etcd().ifPresent(etcd -> EtcdText.append(text, etcd, at, as));
    plane.entry().ifPresent(entry -> EntryText.append(text, entry, at, as));
    plane.ready().ifPresent(it -> ready(text, it, as));
    plane.backup().ifPresent(backup -> BackupView.text(text, backup, at, as));
    plane.repair().ifPresent(it -> RepairText.repair(text, it, at, as));
    plane.lock().ifPresent(it -> RepairText.lock(text, it, at, as));
    findings(text, plane.findings(), as);
  }

  /** The worst ones, each with its cure. */
  static void findings(StringBuilder text, List<FindingStatus> findings, Rendering as) {
    for (FindingStatus finding : findings.subList(0, Math.min(SHOWN, findings.size()))) {
      finding(text, finding, as);
    }
    if (findings.size() > SHOWN) {
      text.append('\n');
      StatusText.wrap(text, "", findings.size() - SHOWN + " more: ha-supervisor status --json", as);
    }
  }

  private static void ready(StringBuilder text, ReadyStatus it, Rendering as) {
    Colour colour = it.ready() ? Colour.GREEN : Colour.YELLOW;
    text.append(colour.paint(it.ready() ? "READY" : "NOT READY", as)).append(" for API traffic\n");
    StatusText.wrap(text, "  ", String.join(" ", it.reasons()), as);
  }

  private static void manifests(
      StringBuilder text, List<ManifestStatus> all, Instant at, Rendering as) {
    int width =
        Math.clamp(
            all.stream().mapToInt(it -> it.name().length()).max().orElse(0),
            "MANIFESTS".length(),
            LONGEST_NAME);
    text.append(StatusText.padded("MANIFESTS", width)).append("  RUNNING   FILE\n");
    for (ManifestStatus one : all) {
      text.append(StatusText.padded(Plain.line(one.name(), width), width))
          .append("  ")
          .append(
              Colour.ofRunning(one.running()).paint(StatusText.padded(one.running(), RUNNING), as))
          .append("  ")
          .append(one.drift() ? Colour.YELLOW.paint("changed", as) : "as placed")
          .append('\n');
      StatusText.wrap(text, "  ", one.detail(), as);
      one.pod().ifPresent(pod -> PodStatusView.text(text, pod, at, as));
    }
  }

  private static void rollout(StringBuilder text, RolloutStatus it, Instant at, Rendering as) {
    text.append(Colour.ofRollout(it.state()).paint(it.state(), as))
        .append(it.revision().map(number -> " revision " + number).orElse(""))
        .append(it.since().map(since -> ", " + StatusText.ago(since, at)).orElse(""))
        .append(
            it.lastKnownGood()
                .filter(good -> !it.revision().equals(Optional.of(good)))
                .map(good -> ", last known good " + good)
                .orElse(""))
        .append('\n');
    StatusText.wrap(text, "  ", it.reason(), as);
  }

  private static void finding(StringBuilder text, FindingStatus it, Rendering as) {
    text.append('\n');
    StringBuilder lines = new StringBuilder();
    StatusText.wrap(
        lines, "", it.severity() + " " + it.code() + " " + it.subject() + ": " + it.text(), as);
    // Painted after wrapping: paint has no width.
    text.append(Colour.ofSeverity(it.severity()).paint(it.severity(), as))
        .append(lines, it.severity().length(), lines.length());
    StatusText.wrap(text, "  ", it.cure(), as);
  }
}
