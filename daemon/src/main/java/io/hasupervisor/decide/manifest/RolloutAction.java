package io.hasupervisor.decide.manifest;

import io.hasupervisor.cluster.Manifest;
import java.util.List;

/**
 * One thing to be done to the directory, the store or the host; whoever carries it out answers with
 * one {@link io.hasupervisor.decide.Outcome}.
 */
public sealed interface RolloutAction {

  /** Make the files and directories of the host that these manifests mount. */
  record Prepare(List<Manifest> manifests) implements RolloutAction {}

  /** Note in the store that the directory is to hold this revision. */
  record MarkCurrent(int revision) implements RolloutAction {}

  /** Note in the store that this revision ran well. */
  record MarkLastKnownGood(int revision) implements RolloutAction {}

  /**
   * May this be placed now? By order, too: one master at a time changes its etcd or its apiserver.
   *
   * @param ranHere whether its pod was ever seen running well on this host
   */
  record AskConsent(Manifest manifest, Occasion occasion, boolean ranHere)
      implements RolloutAction {}

  /** Put the file into the directory, without a gap. */
  record Place(Manifest manifest, int revision) implements RolloutAction {}

  /** Stop the container of exactly this id, which the kubelet has left behind. */
  record StopOldContainer(String manifest, String id) implements RolloutAction {}

  /** Move this file of the directory out of the kubelet's sight. */
  record Quarantine(String file) implements RolloutAction {}

  /** Why something is to be placed. */
  enum Occasion {
    /** An operator's order, on a host where its pod may run. */
    ORDERED,
    /** The file has gone. */
    MISSING,
    /** The file was changed, and the operator wants it enforced. */
    CHANGED,
    /** A later revision failed. */
    ROLL_BACK
  }

  /** What a failure of it keeps from being tried again for a while. */
  default String subject() {
    return switch (this) {
      case Prepare _ -> "/host";
      case MarkCurrent _, MarkLastKnownGood _ -> "/store";
      case AskConsent ask -> ask.manifest().name();
      case Place place -> place.manifest().name();
      case StopOldContainer stop -> stop.manifest();
      case Quarantine quarantine -> "/quarantine/" + quarantine.file();
    };
  }

  /** The reason for not going on when it fails. */
  default RolloutBecause failure() {
    return switch (this) {
      case Prepare _ -> RolloutBecause.PREPARATION_FAILED;
      case MarkCurrent _, MarkLastKnownGood _ -> RolloutBecause.STORE_FAILED;
      case AskConsent _ -> RolloutBecause.CONSENT_REFUSED;
      case Place _ -> RolloutBecause.WRITE_FAILED;
      case StopOldContainer _ -> RolloutBecause.STOP_FAILED;
      case Quarantine _ -> RolloutBecause.QUARANTINE_FAILED;
    };
  }
}
