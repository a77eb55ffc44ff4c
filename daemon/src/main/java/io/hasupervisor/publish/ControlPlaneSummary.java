package io.hasupervisor.publish;

import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.Status.FindingStatus;
import io.hasupervisor.publish.Status.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a master's etcd, its way in, static pods and findings add to the verdict and to the sentence
 * over all.
 */
final class ControlPlaneSummary {
  /** Manifests and codes named; the rest are counted. */
  private static final int NAMED = 3;

  private ControlPlaneSummary() {}

  /** How much an operator is needed. */
  static Level level(ControlPlane plane) {
    return Stream.of(
            Stream.of(level(plane.rollout().state())),
            plane.etcd().stream().map(etcd -> EtcdSummary.level(etcd)),
            plane.entry().stream().map(entry -> EntrySummary.level(entry)),
            plane.repair().stream().map(repair -> repairLevel(repair.state())),
            plane.manifests().stream().map(it -> asPlaced(it) ? Level.OK : Level.ATTENTION),
            plane.findings().stream().map(it -> levelOf(it.severity())))
        .flatMap(levels -> levels)
        .max(Comparator.naturalOrder())
        .orElse(Level.OK);
  }

  /** Clauses of a sentence: what is not well, or that all is. */
  static List<String> clauses(ControlPlane plane) {
    List<String> clauses = new ArrayList<>();
    plane.etcd().ifPresent(etcd -> clauses.addAll(EtcdSummary.clauses(etcd)));
    plane.entry().ifPresent(it -> clauses.addAll(EntrySummary.clauses(it, plane.etcd())));
    plane.repair().ifPresent(it -> clauses.addAll(repair(it)));
    clauses.addAll(rollout(plane.rollout()));
    named(plane.manifests().stream().filter(it -> !it.running().equals("matches")).toList())
        .stream()
        .map(it -> it.name() + " " + running(it.running()))
        .forEach(clauses::add);
    named(plane.manifests().stream().filter(ManifestStatus::drift).toList()).stream()
        .map(it -> "the file of " + it.name() + " is not as placed")
        .forEach(clauses::add);
    clauses.addAll(findings(plane.findings(), "CRITICAL", "critical finding"));
    clauses.addAll(findings(plane.findings(), "WARNING", "warning"));
    if (clauses.isEmpty() && !plane.manifests().isEmpty()) {
      clauses.add("all manifests run as placed");
    }
    return clauses;
  }

  private static Level repairLevel(String state) {
    return switch (state) {
      case "IDLE" -> Level.OK;
      case "REPAIR_UNFINISHED" -> Level.CRITICAL;
      default -> Level.ATTENTION;
    };
  }

  /** "restart docker waits (WOULD_LOSE_QUORUM)". */
  private static List<String> repair(RepairStatus it) {
    String wanted = it.wanted().orElse("a repair");
    return switch (it.state()) {
      case "IDLE" -> List.of();
      case "REPAIR_BLOCKED" ->
          List.of(wanted + " waits" + it.reason().map(" (%s)"::formatted).orElse(""));
      case "REPAIR_UNFINISHED" -> List.of(wanted + " did not help");
      default -> List.of(wanted + " is under way");
    };
  }

  private static Level level(String rollout) {
    return switch (rollout) {
      case "PLACED", "SETTLING", "OBSERVED" -> Level.OK;
      case "ROLLBACK_FAILED" -> Level.CRITICAL;
      default -> Level.ATTENTION;
    };
  }

  /** How much an operator is needed for a finding. */
  static Level levelOf(String severity) {
    return switch (severity) {
      case "CRITICAL" -> Level.CRITICAL;
      case "WARNING" -> Level.ATTENTION;
      default -> Level.OK;
    };
  }

  private static boolean asPlaced(ManifestStatus manifest) {
    return manifest.running().equals("matches") && !manifest.drift();
  }

  private static List<String> rollout(RolloutStatus rollout) {
    String revision = rollout.revision().map(number -> "revision " + number).orElse("a revision");
    return switch (rollout.state()) {
      case "NONE" -> List.of("no manifests were placed yet");
      case "PLACING" -> List.of(revision + " of the manifests is being placed");
      case "ROLLING_BACK" -> List.of("the manifests are being rolled back");
      case "ROLLED_BACK" -> List.of("the manifests were rolled back to " + revision);
      case "ROLLBACK_FAILED" -> List.of("the manifests failed, and so did the roll-back");
      case "OBSERVED" -> List.of("the manifests are only observed");
      default -> List.of();
    };
  }

  private static String running(String label) {
    return switch (label) {
      case "starting" -> "is starting";
      case "outdated" -> "still runs as before";
      case "crashing" -> "crashes again and again";
      case "running" -> "runs, by the kubelet's word";
      default -> "cannot be seen";
    };
  }

  private static List<ManifestStatus> named(List<ManifestStatus> manifests) {
    return manifests.subList(0, Math.min(NAMED, manifests.size()));
  }

  /** "2 critical findings (SAN_LB, EXPIRED)". */
  static List<String> findings(List<FindingStatus> all, String severity, String word) {
    List<FindingStatus> some = all.stream().filter(it -> it.severity().equals(severity)).toList();
    if (some.isEmpty()) {
      return List.of();
    }
    List<String> codes = some.stream().map(FindingStatus::code).distinct().limit(NAMED).toList();
    return List.of(
        some.size()
            + " "
            + word
            + (some.size() == 1 ? "" : "s")
            + " ("
            + String.join(", ", codes)
            + ")");
  }
}
