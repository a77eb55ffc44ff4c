package io.hasupervisor.publish;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.Ruling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the repair of this master stands, for people and for programs. */
public final class RepairStatusView {
  private static final String UNFINISHED = "REPAIR_UNFINISHED";

  private RepairStatusView() {}

  /**
   * As published.
   *
   * @param ruling what the decision table says of a disruption now
   */
  public static RepairStatus of(
      RepairState state, Function<Disruption, Ruling> ruling, Duration now, Instant wall) {
    RepairPhase phase = state.phase();
    Optional<Disruption> wanted = wanted(phase);
    return new RepairStatus(
        phase.label(),
        words(phase),
        wanted.map(it -> cost(it, ruling.apply(it), state.scene().liveRestore())),
        phase instanceof RepairPhase.Acting || phase instanceof RepairPhase.Settling,
        reason(phase),
        explain(phase),
        next(phase),
        since(phase).map(time -> wall.minus(now).plus(time)));
  }

  private static Optional<Disruption> wanted(RepairPhase phase) {
    return switch (phase) {
      case RepairPhase.Idle _, RepairPhase.Settling _ -> Optional.empty();
      case RepairPhase.Blocked it -> Optional.of(it.wanted());
      case RepairPhase.Asking it -> Optional.of(it.wanted());
      case RepairPhase.Locking it -> Optional.of(it.wanted());
      case RepairPhase.Confirming it -> Optional.of(it.wanted());
      case RepairPhase.Yielding it -> Optional.of(it.wanted());
      case RepairPhase.Acting it -> Optional.of(it.wanted());
      case RepairPhase.Releasing it -> wanted(it.then());
    };
  }

  private static Optional<String> words(RepairPhase phase) {
    return phase instanceof RepairPhase.Settling settling
        ? Optional.of(settling.action())
        : wanted(phase).map(Disruption::words);
  }

  /** The class of control-plane 3.2.1: 0 costs nothing, 2 a vote. */
  private static int cost(Disruption wanted, Ruling ruling, boolean liveRestore) {
    return switch (ruling) {
      case Ruling.Free _ -> 0;
      case Ruling.Locked locked -> locked.vote() ? 2 : 1;
      case Ruling.Refused _ -> {
        boolean light = wanted.subject().equals("docker") ? liveRestore : isKubelet(wanted);
        yield light ? 1 : 2;
      }
    };
  }

  private static boolean isKubelet(Disruption wanted) {
    return wanted.subject().equals("kubelet");
  }

  /** What the repair is about: a service or manifest, empty for the host; none while at rest. */
  public static Optional<String> subject(RepairPhase phase) {
    return phase instanceof RepairPhase.Settling settling
        ? Optional.of(settling.action().replaceFirst("^\\S+ ?", ""))
        : wanted(phase).map(Disruption::subject);
  }

  /** Code of what holds it up; empty where nothing does. */
  public static Optional<String> reason(RepairPhase phase) {
    return switch (phase) {
      case RepairPhase.Blocked blocked -> Optional.of(blocked.refusal().reason().name());
      case RepairPhase.Settling settling when settling.unfinished() -> Optional.of(UNFINISHED);
      case RepairPhase.Idle _,
          RepairPhase.Asking _,
          RepairPhase.Locking _,
          RepairPhase.Confirming _,
          RepairPhase.Yielding _,
          RepairPhase.Acting _,
          RepairPhase.Settling _,
          RepairPhase.Releasing _ ->
          Optional.empty();
    };
  }

  /** One sentence on where it stands. */
  public static String explain(RepairPhase phase) {
    return switch (phase) {
      case RepairPhase.Idle _ -> "Nothing is wanted that could cost this host's member of etcd.";
      case RepairPhase.Blocked it -> it.refusal().why();
      case RepairPhase.Asking it ->
          "To " + it.wanted().words() + ", the lock of all masters is asked for.";
      case RepairPhase.Locking it ->
          "To " + it.wanted().words() + ", the lock of all masters is being taken.";
      case RepairPhase.Confirming it ->
          "The lock is ours; before this host will "
              + it.wanted().words()
              + ", all members are looked at once more.";
      case RepairPhase.Yielding it ->
          "To " + it.wanted().words() + ", etcd's leadership is moved away and etcd here is ended.";
      case RepairPhase.Acting it -> "Under way: " + it.wanted().words() + ".";
      case RepairPhase.Settling it when it.unfinished() ->
          "This master did not become well in time, or at all, after: " + it.action() + ".";
      case RepairPhase.Settling it ->
          "Done: "
              + it.action()
              + ". The lock is kept until this master has been well for a while.";
      case RepairPhase.Releasing _ -> "The lock of all masters is being given back.";
    };
  }

  /** What an operator can do about it, or what comes next. */
  private static String next(RepairPhase phase) {
    return switch (phase) {
      case RepairPhase.Blocked it -> it.refusal().cure();
      case RepairPhase.Settling it when it.unfinished() -> CURE;
      case RepairPhase.Settling _ -> "the lock is released";
      case RepairPhase.Idle _,
          RepairPhase.Asking _,
          RepairPhase.Locking _,
          RepairPhase.Confirming _,
          RepairPhase.Yielding _,
          RepairPhase.Acting _,
          RepairPhase.Releasing _ ->
          "";
    };
  }

  private static Optional<Duration> since(RepairPhase phase) {
    return switch (phase) {
      case RepairPhase.Idle _ -> Optional.empty();
      case RepairPhase.Blocked it -> Optional.of(it.since());
      case RepairPhase.Asking it -> Optional.of(it.since());
      case RepairPhase.Locking it -> Optional.of(it.since());
      case RepairPhase.Confirming it -> Optional.of(it.lockedAt());
      case RepairPhase.Yielding it -> Optional.of(it.lockedAt());
      case RepairPhase.Acting it -> Optional.of(it.grantedAt());
      case RepairPhase.Settling it -> Optional.of(it.began());
      case RepairPhase.Releasing it -> Optional.of(it.since());
    };
  }

  /** Whether nobody needs to worry. */
  public static boolean good(RepairPhase phase) {
    return reason(phase).isEmpty();
  }

  /**
   * What is told to the other masters: "none", "running" or "blocked"; nothing while the lock was
   * not read and may be this host's.
   */
  public static String attested(RepairState state) {
    return switch (state.phase()) {
      case RepairPhase.Idle _ -> state.lock().seen().isPresent() ? "none" : "";
      case RepairPhase.Blocked _, RepairPhase.Asking _ -> "blocked";
      case RepairPhase.Locking _,
          RepairPhase.Confirming _,
          RepairPhase.Yielding _,
          RepairPhase.Acting _,
          RepairPhase.Settling _,
          RepairPhase.Releasing _ ->
          "running";
    };
  }

  private static final String CURE =
      "Look at: ha-supervisor status, ha-supervisor events; no other master is repaired until"
          + " this one is well, or until: ha-supervisor lock break";

  /** A repair that did not end well keeps all others waiting: somebody must look. */
  public static List<Finding> findings(RepairPhase phase) {
    return phase instanceof RepairPhase.Settling settling && settling.unfinished()
        ? List.of(
            Finding.of(
                UNFINISHED,
                Finding.Severity.CRITICAL,
                settling.action(),
                explain(phase) + " The lock is kept, so that no other master is disturbed.",
                CURE + "."))
        : List.of();
  }
}
