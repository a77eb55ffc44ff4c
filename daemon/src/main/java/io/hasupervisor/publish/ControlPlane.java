package io.hasupervisor.publish;

import io.hasupervisor.publish.Status.FindingStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The static pods of a master, its etcd, and what they need.
 *
 * @param etcd empty before the first round of questions has ended
 * @param entry empty before the first round of questions to apiservers has ended
 * @param ready as of the last round; empty before the first one
 * @param backup empty before the directory of backups was looked at
 * @param repair what would be done to this master, and what holds it up
 * @param lock by which the masters take turns
 * @param findings in any order; they are kept with the worst first
 */
public record ControlPlane(
    RolloutStatus rollout,
    List<ManifestStatus> manifests,
    Optional<EtcdStatus> etcd,
    Optional<EntryStatus> entry,
    Optional<ReadyStatus> ready,
    Optional<BackupStatus> backup,
    Optional<RepairStatus> repair,
    Optional<LockStatus> lock,
    List<FindingStatus> findings) {
  private static final List<String> WORST_FIRST = List.of("CRITICAL", "WARNING", "ADVICE");

  public ControlPlane {
    manifests = List.copyOf(manifests);
    findings =
        findings.stream()
            .sorted(Comparator.comparingInt(it -> WORST_FIRST.indexOf(it.severity())))
            .toList();
  }

  /** Where nothing but the pods is known yet. */
  public static ControlPlane ofPods(
      RolloutStatus rollout, List<ManifestStatus> manifests, List<FindingStatus> findings) {
    return new ControlPlane(
        rollout,
        manifests,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        findings);
  }

  /** The same, with what is known of etcd, the way in and the backups. */
  public ControlPlane with(
      Optional<EtcdStatus> judged, Optional<EntryStatus> way, Optional<BackupStatus> backups) {
    return new ControlPlane(
        rollout, manifests, judged, way, ready, backups, repair, lock, findings);
  }

  /** The same, with whether traffic should be sent here. */
  public ControlPlane with(ReadyStatus traffic) {
    return new ControlPlane(
        rollout, manifests, etcd, entry, Optional.of(traffic), backup, repair, lock, findings);
  }

  /** The same, with where a repair stands and the lock. */
  public ControlPlane with(Optional<RepairStatus> stands, Optional<LockStatus> turns) {
    return new ControlPlane(
        rollout, manifests, etcd, entry, ready, backup, stands, turns, findings);
  }

  /** Whether this master should be sent API traffic: {@link ReadyFeed}. */
  public record ReadyStatus(boolean ready, List<String> reasons) {
    public ReadyStatus {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * The placement of the manifests.
   *
   * @param state {@code NONE}, {@code PLACING}, {@code SETTLING}, {@code PLACED}, {@code
   *     ROLLING_BACK}, {@code ROLLED_BACK}, {@code ROLLBACK_FAILED} or {@code OBSERVED}
   * @param revision the stored revision that the directory is to hold; empty: none was ever placed
   * @param lastKnownGood the newest one that ran well for long enough
   * @param reason one sentence
   */
  public record RolloutStatus(
      String state,
      Optional<Instant> since,
      Optional<Integer> revision,
      Optional<Integer> lastKnownGood,
      String reason) {}

  /**
   * One manifest.
   *
   * @param drift whether the file differs from the revision's, or is missing
   * @param running a label of {@link io.hasupervisor.assess.manifest.PodVerdict}, or {@code
   *     running} where docker cannot be asked and the kubelet says so
   * @param detail why, in a few words
   * @param pod what really runs; empty where nobody told of a container
   */
  public record ManifestStatus(
      String name, boolean drift, String running, String detail, Optional<PodStatus> pod) {}

  /**
   * The newest container of a manifest's pod; of several the one that does not run.
   *
   * @param image as docker has it, {@code arguments} those of its process, with secrets masked;
   *     none where only the kubelet tells of it
   * @param running whether it runs now
   * @param restarts how often the kubelet has started it anew in this pod
   * @param started when docker made it, or since when it runs by the kubelet
   * @param lastEnd how it, or the one before it, ended last
   */
  public record PodStatus(
      String container,
      String image,
      List<String> arguments,
      boolean running,
      int restarts,
      Optional<Instant> started,
      Optional<ContainerEnd> lastEnd) {
    public PodStatus {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * How a container ended.
   *
   * @param reason docker's or the kubelet's words, and why there are no lines; may be empty
   * @param lines the last ones that it wrote, with secrets masked
   */
  public record ContainerEnd(Instant at, int exit, String reason, List<String> lines) {
    public ContainerEnd {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The backups of etcd on this host.
   *
   * @param state {@code OFF}, {@code WAITING}, {@code RUNNING} or {@code FAILING}
   * @param reason one sentence
   * @param lastVerified when the newest verified one was made; with its file, revision and SHA-256
   * @param kept verified ones
   */
  public record BackupStatus(
      String state,
      String reason,
      Optional<Instant> lastVerified,
      Optional<String> file,
      Optional<Long> revision,
      Optional<String> sha256,
      Optional<Long> size,
      int kept,
      Optional<Instant> next) {}
}
