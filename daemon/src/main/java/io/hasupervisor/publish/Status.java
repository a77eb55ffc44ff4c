package io.hasupervisor.publish;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What this daemon knows and intends, at one moment. Its JSON form is the contract of {@code GET
 * /status}.
 *
 * @param schema version of the JSON form; it grows only when a field changes its meaning or goes
 * @param summary one sentence
 * @param controlPlane empty where this host is not configured as a master
 * @param worker empty where this host is not configured as a worker, and before the first look
 * @param notices what the operator should know of the daemon itself: a file set aside, a bad
 *     configuration refused
 */
public record Status(
    int schema,
    String node,
    String version,
    Instant at,
    Level verdict,
    String summary,
    boolean observeOnly,
    List<ServiceStatus> services,
    Optional<ControlPlane> controlPlane,
    Optional<WorkerStatus> worker,
    List<Notice> notices) {

  /** The schema written by this version. */
  public static final int SCHEMA = 1;

  /** How much an operator is needed. */
  public enum Level {
    /** Everything is healthy, or on its way by itself. */
    OK,
    /** Something is wrong and being handled, or left alone on somebody's order. */
    ATTENTION,
    /** Something is wrong that is not getting better by itself. */
    CRITICAL
  }

  /**
   * One service.
   *
   * @param state a label of {@link io.hasupervisor.decide.Phase}
   * @param because a code of {@link io.hasupervisor.decide.Because}
   * @param reason one sentence
   * @param attempt starts since the last reset
   * @param nextAction what will be done next, in a few words; "none" where nothing will
   * @param lastExit how its last life ended, in words
   */
  public record ServiceStatus(
      String name,
      String kind,
      String state,
      Instant since,
      String because,
      String reason,
      int attempt,
      String nextAction,
      Optional<Instant> nextAt,
      Optional<Long> pid,
      Budget budget,
      boolean observeOnly,
      List<String> dependsOn,
      List<ProbeStatus> probes,
      Optional<HoldStatus> hold,
      Optional<String> lastExit,
      List<IncidentRef> incidents) {}

  /** Restarts and kills left before retries become slow. */
  public record Budget(int crashesLeft, int killsLeft) {}

  /**
   * One probe.
   *
   * @param result {@code passed}, {@code failed}, {@code inconclusive} or {@code none} yet
   * @param symptom code of the failure, empty otherwise
   */
  public record ProbeStatus(
      String name,
      String result,
      String symptom,
      String detail,
      int failuresInARow,
      int needed,
      Optional<Instant> at,
      long tookMillis) {}

  /** A hold, by whom, and until when. */
  public record HoldStatus(String kind, String by, String reason, Optional<Instant> until) {}

  /** An incident, to be opened with {@code ha-supervisor incident show ID}. */
  public record IncidentRef(String id, Instant at, String what) {}

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
  }

  /** Whether this master should be sent API traffic: {@link ReadyFeed}. */
  public record ReadyStatus(boolean ready, List<String> reasons) {
    public ReadyStatus {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * What somebody wants to do to this master, and whether it may be done.
   *
   * @param state a label of {@link io.hasupervisor.decide.disruption.RepairPhase}
   * @param wanted such as {@code restart docker}; empty where nothing is wanted
   * @param cost its class: 0 costs nothing, 1 perhaps, 2 this host's vote in etcd
   * @param reason a name of {@link io.hasupervisor.decide.disruption.GateReason}, or {@code
   *     REPAIR_UNFINISHED}; empty where nothing holds it up
   * @param next what to do, or what comes next; may be empty
   */
  public record RepairStatus(
      String state,
      Optional<String> wanted,
      Optional<Integer> cost,
      boolean allowed,
      Optional<String> reason,
      String explain,
      String next,
      Optional<Instant> since) {}

  /**
   * The lock by which the masters take turns: {@link
   * io.hasupervisor.observe.disruption.LockDocument}.
   *
   * @param readable whether it was read and understood
   * @param why what is wrong with it; may be empty
   * @param readAt when it was read last, {@code ageMillis} ago
   */
  public record LockStatus(
      boolean readable,
      String why,
      Optional<HolderStatus> holder,
      Optional<FreezeStatus> freeze,
      List<PastStatus> history,
      Optional<RollingStatus> rolling,
      Optional<Instant> readAt,
      Optional<Long> ageMillis) {
    public LockStatus {
      history = List.copyOf(history);
    }
  }

  /**
   * Who holds the lock.
   *
   * @param since by its own clock
   * @param seenSince by this host's: since when this daemon knows it
   */
  public record HolderStatus(
      String node,
      String machineId,
      Optional<String> member,
      String action,
      String reason,
      Instant since,
      Optional<Instant> seenSince,
      long deadlineSeconds) {}

  /** An order to disturb no master. */
  public record FreezeStatus(String by, String why, Instant since) {}

  /**
   * An earlier holder.
   *
   * @param result {@code DONE}, {@code NOT_NEEDED}, {@code FAILED} or {@code BROKEN}
   */
  public record PastStatus(
      String node, String action, String result, Instant began, Instant ended) {}

  /**
   * Work that each master does in its turn.
   *
   * @param masters those that are to do it, in their order
   * @param stopped why it goes no further; empty while it goes on
   */
  public record RollingStatus(
      String id,
      String action,
      String by,
      String why,
      Instant since,
      List<String> masters,
      List<String> done,
      Optional<String> stopped) {
    public RollingStatus {
      masters = List.copyOf(masters);
      done = List.copyOf(done);
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
   * The way into the cluster as this host judges it: {@link
   * io.hasupervisor.assess.entry.EntryView}.
   *
   * @param apiservers this host's first
   * @param balancer empty where none is configured
   */
  public record EntryStatus(
      List<ApiserverStatus> apiservers,
      Optional<BalancerStatus> balancer,
      List<LeaderStatus> leaders) {
    public EntryStatus {
      apiservers = List.copyOf(apiservers);
      leaders = List.copyOf(leaders);
    }
  }

  /**
   * One apiserver.
   *
   * @param state a name of {@link io.hasupervisor.assess.api.ApiserverState}
   * @param cause what is behind it; may be empty
   */
  public record ApiserverStatus(
      String name,
      String url,
      boolean own,
      String state,
      Instant since,
      String why,
      String cause) {}

  /**
   * The load balancer.
   *
   * @param state a name of {@link io.hasupervisor.assess.balancer.BalancerState}
   * @param reached masters that answered through it lately, where they can be told apart
   */
  public record BalancerStatus(
      String address, String state, Instant since, String why, List<String> reached) {
    public BalancerStatus {
      reached = List.copyOf(reached);
    }
  }

  /**
   * The election of one component's leader.
   *
   * @param state a name of {@link io.hasupervisor.assess.leader.LeaderState}
   * @param holder as written in the record, {@code master} the host that this means
   * @param source {@code LEASE} or {@code ENDPOINTS}
   * @param changed when the record was last seen to change, by this host's clock; {@code renewed}
   *     by the holder's
   */
  public record LeaderStatus(
      String component,
      String state,
      Optional<String> holder,
      Optional<String> master,
      Optional<String> source,
      long transitions,
      Instant since,
      Optional<Instant> changed,
      Optional<Instant> renewed,
      String why) {}

  /**
   * A worker's way to the apiservers: {@link io.hasupervisor.assess.worker.WorkerView}.
   *
   * @param apiserver as configured
   * @param points where the kubelet is pointed; empty where that is unclear
   * @param state a name of {@link io.hasupervisor.assess.worker.WorkerState}
   */
  public record WorkerStatus(
      Optional<String> apiserver,
      Optional<String> points,
      String state,
      Instant since,
      String why,
      List<FindingStatus> findings) {
    public WorkerStatus {
      findings = List.copyOf(findings);
    }
  }

  /**
   * etcd as this host judges it: {@link io.hasupervisor.assess.etcd.EtcdView}, with times and ids
   * for people. Ids are decimal, as texts: they are unsigned.
   *
   * @param state a name of {@link io.hasupervisor.assess.etcd.ClusterState}
   * @param proofAgeMillis age of the newest linearizable read, through {@code proofVia}
   */
  public record EtcdStatus(
      String state,
      Optional<String> underlying,
      Instant since,
      boolean external,
      boolean proven,
      Optional<Long> proofAgeMillis,
      Optional<String> proofVia,
      int voters,
      int learners,
      int quorum,
      int healthy,
      int available,
      int canLose,
      int tolerance,
      String summary,
      Optional<String> clusterId,
      Optional<String> leader,
      long term,
      long revision,
      long rememberedRevision,
      List<String> alarms,
      List<String> reasons,
      List<EtcdMemberStatus> members) {}

  /**
   * One member of etcd.
   *
   * @param state a name of {@link io.hasupervisor.assess.etcd.MemberState}
   * @param evidence outcome of each question by its name, E1 to E6
   */
  public record EtcdMemberStatus(
      Optional<String> id,
      String name,
      String url,
      boolean own,
      boolean leader,
      boolean learner,
      String state,
      Instant since,
      String why,
      Optional<Instant> lastProof,
      String version,
      long lag,
      long dbSize,
      long inUse,
      SortedMap<String, String> evidence) {}

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

  /**
   * Something that is not as it should be.
   *
   * @param area {@code manifests}, {@code credentials}, {@code host}, {@code pods}, {@code etcd},
   *     {@code entry}, {@code backup} or {@code worker}
   * @param code stable
   * @param severity {@code ADVICE}, {@code WARNING} or {@code CRITICAL}
   */
  public record FindingStatus(
      String area,
      String code,
      String severity,
      String subject,
      String text,
      String cure,
      Instant since) {}

  /** Something about the daemon itself. */
  public record Notice(String code, Instant since, String text) {}
}
