package io.hasupervisor.publish;

import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.observe.CheckResult;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import io.hasupervisor.publish.ControlPlane.ManifestStatus;
import io.hasupervisor.publish.ControlPlane.RolloutStatus;
import io.hasupervisor.publish.Status.FindingStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Control planes of all kinds. */
final class Masters {
  private static final Instant SINCE = Docker.BOOT.plus(Docker.ago(240));

  static final ControlPlane WELL = in("PLACED");

  static final ControlPlane BACKED_UP =
      WELL.with(
          Optional.empty(),
          Optional.empty(),
          Optional.of(
              new BackupStatus(
                  "FAILING",
                  "The last backup of etcd failed.",
                  Optional.of(SINCE),
                  Optional.of("/b/etcd.db"),
                  Optional.of(812L),
                  Optional.of("0f".repeat(32)),
                  Optional.of(4096L),
                  7,
                  Optional.of(SINCE))));

  static final ControlPlane SICK =
      ControlPlane.ofPods(
          new RolloutStatus(
              "ROLLED_BACK",
              Optional.of(SINCE),
              Optional.of(7),
              Optional.of(7),
              "Revision 8 was taken back because kube-apiserver ended 3 times, last with exit code"
                  + " 1."),
          List.of(
              new ManifestStatus("etcd", true, "matches", "", Optional.empty()),
              new ManifestStatus(
                  "kube-apiserver",
                  false,
                  "outdated",
                  "kube-apiserver of the earlier manifest still runs",
                  Optional.empty())),
          List.of(
              finding(
                  "DATA_MODE",
                  "WARNING",
                  "/var/etcd/data",
                  "others can read it.",
                  "chmod 0700 /var/etcd/data"),
              finding(
                  "SAN_LB",
                  "CRITICAL",
                  "/srv/kubernetes/server.cert",
                  "it lacks the load balancer's address 10.0.0.10, so clients refuse it.",
                  "Make new ones: ha-supervisor credentials create")));

  static final ControlPlane FORGED =
      ControlPlane.ofPods(
          new RolloutStatus("PLACED", Optional.empty(), Optional.of(1), Optional.empty(), "a\nb"),
          List.of(
              new ManifestStatus(
                  "etcd\n", false, "crashing", "\033[2J\ndocker OK", Optional.empty())),
          List.of(finding("X", "WARNING", "a\nb", "so\033[31m\ndocker OK", "c\nd")));

  private Masters() {}

  /** The status of a master whose docker is well. */
  static Status status(ControlPlane plane) {
    return StatusView.of(
        "master-1",
        "0.1.0",
        Docker.BOOT.plus(Docker.NOW),
        false,
        List.of(
            Docker.in(new Phase.Healthy(), Because.PROBES_PASS)
                .answering(new CheckResult.Passed(Duration.ofMillis(3), "OK"))
                .situation()),
        Optional.of(plane),
        Optional.empty(),
        List.of());
  }

  static ControlPlane in(String state) {
    return ControlPlane.ofPods(
        new RolloutStatus(state, Optional.of(SINCE), Optional.of(7), Optional.of(6), "Well."),
        List.of(new ManifestStatus("etcd", false, "matches", "", Optional.empty())),
        List.of());
  }

  /** So many findings, each of its own code. */
  static ControlPlane with(int findings) {
    return ControlPlane.ofPods(
        WELL.rollout(),
        WELL.manifests(),
        IntStream.range(0, findings)
            .mapToObj(i -> finding("CODE_" + i, "ADVICE", "it", "so.", "do."))
            .toList());
  }

  private static FindingStatus finding(
      String code, String severity, String subject, String text, String cure) {
    return new FindingStatus("host", code, severity, subject, text, cure, SINCE);
  }
}
