package io.hasupervisor.publish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
