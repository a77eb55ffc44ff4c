package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.Target;
import io.hasupervisor.observe.ProbeReport;
import io.hasupervisor.observe.RunReport;
import io.hasupervisor.observe.entry.EntryRound;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.manifest.PodSeen;
import io.hasupervisor.observe.worker.WorkerRound;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What other threads tell the loop. */
sealed interface Message {

  record Seen(String service, RunReport report) implements Message {}

  record Probed(String service, ProbeReport report) implements Message {}

  record Ended(String service, Outcome outcome, Duration at) implements Message {}

  record Changed(String service, String file) implements Message {}

  record Filed(String service, IncidentRef incident) implements Message {}

  /** A notice to show, or to take back where its text is empty. */
  record Noticed(Notice notice) implements Message {}

  /** What is not as it should be in one area now, in place of what was found before. */
  record Inspected(String area, List<Finding> findings) implements Message {}

  /** What is remembered of etcd was read. */
  record EtcdRecalled(EtcdWorld world, EtcdMemory memory, String problem) implements Message {}

  /** A round of questions to etcd's members has ended; the asker waits until it was judged. */
  record EtcdLooked(EtcdWorld world, EtcdRound round) implements Message {}

  /** What the masters' daemons wrote last was read from this host's own member. */
  record LastWords(EtcdWorld world, List<Attestation> words) implements Message {}

  /** A round of questions on the way into the cluster has ended; the asker waits for judgement. */
  record EntryLooked(EntryWorld world, EntryRound round) implements Message {}

  /** A look at a worker's way to the apiservers has ended; the asker waits for judgement. */
  record WorkerLooked(WorkerWorld world, WorkerRound round) implements Message {}

  /** Something that the desk of repairs of this world is to know. */
  record Repaired(RepairWorld world, RepairNews news) implements Message {}

  /** Somebody wants to disturb this master, and waits. */
  record ConsentAsked(RepairAsk ask) implements Message {}

  /** He does not wait any more. */
  record ConsentWithdrawn(CompletableFuture<Outcome> answer) implements Message {}

  /** The containers of one manifest's pod were looked at. */
  record PodSighted(ManifestWorld world, String manifest, PodSeen seen) implements Message {}

  /** How the backups are now. */
  record BackedUp(BackupWorld world, BackupStatus status) implements Message {}

  /** Something about the manifests' placement was seen, or an action of it ended. */
  record Rolled(ManifestWorld world, RolloutEvent event) implements Message {}

  /** What the placement remembers was read. */
  record Recalled(RolloutRecall.Recalled recalled) implements Message {}

  /**
   * A revision that is to be placed was looked up in the store.
   *
   * @param problem why it cannot be placed; empty where {@code target} is there
   */
  record Fetched(Optional<Target> target, String problem, Asked asked) implements Message {}

  record Asked(Request request, String user, CompletableFuture<Reply> answer) implements Message {}

  record Planned(PlanSource.Result result, CompletableFuture<Reply> answer) implements Message {}

  record Quit() implements Message {}
}
