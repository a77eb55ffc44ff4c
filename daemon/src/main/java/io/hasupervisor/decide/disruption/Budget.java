package io.hasupervisor.decide.disruption;

import io.hasupervisor.assess.etcd.Words;
import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Disruption.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * G0: how often this host repairs itself at its members' cost, and who wants quiet (control-plane
 * 3.2.6). Orders and changed manifests are not counted out: they are no repairs that did not help.
 */
final class Budget {
  private static final Duration DAY = Duration.ofHours(24);

  /** Failures in a row after which the wait grows no more. */
  private static final int LONGEST = 2;

  private Budget() {}

  static Optional<GateRefusal> refusal(
      RepairSettings settings, Disruption wanted, Scene scene, RepairLog log, Duration now) {
    return switch (wanted.origin()) {
      case DAEMON, INIT ->
          wanted.kind() == Disruption.Kind.PLACE
              ? maintenance(wanted, scene)
              : maintenance(wanted, scene)
                  .or(() -> booted(settings, wanted, scene))
                  .or(() -> tooSoon(wanted, log, wait(settings, log), now))
                  .or(() -> tooOften(settings, wanted, log, now));
      case ROLLING -> maintenance(wanted, scene);
      case OPERATOR -> Optional.empty();
    };
  }

  /** Ends when the file is gone. */
  static Optional<GateRefusal> maintenance(Disruption wanted, Scene scene) {
    return scene.maintenance() && wanted.origin() != Origin.OPERATOR
        ? Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.MAINTENANCE,
                    "/etc/ha-supervisor/no-repair is there: an operator wants nothing disturbed"
                        + " on this host",
                    "When the work is done: rm /etc/ha-supervisor/no-repair."))
        : Optional.empty();
  }

  private static Optional<GateRefusal> booted(
      RepairSettings settings, Disruption wanted, Scene scene) {
    Duration left = settings.bootGrace().minus(scene.up());
    return left.isPositive()
        ? Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.BUDGET,
                    "this host booted "
                        + Words.length(scene.up())
                        + " ago, and nothing that lives is disturbed in the first "
                        + Words.length(settings.bootGrace()),
                    "It is asked for again by itself.",
                    left))
        : Optional.empty();
  }

  /** Doubled and tripled by repairs that did not help. */
  private static Duration wait(RepairSettings settings, RepairLog log) {
    return settings.hostSpacing().multipliedBy(1 + Math.clamp(log.failures(), 0, LONGEST));
  }

  /** Whether the last repair of this host is too recent. */
  static Optional<GateRefusal> tooSoon(
      Disruption wanted, RepairLog log, Duration wait, Duration now) {
    if (log.acted().isEmpty()) {
      return Optional.empty();
    }
    Duration ago = now.minus(log.acted().getLast());
    return ago.compareTo(wait) < 0
        ? Optional.of(
            new Sentences(wanted)
                .refusal(
                    GateReason.BUDGET,
                    "this host was repaired "
                        + Words.length(ago)
                        + " ago"
                        + (log.failures() > 0 ? ", which did not help" : "")
                        + ", and "
                        + Words.length(wait)
                        + " are to lie between two repairs",
                    "Find out why it is needed again.",
                    wait.minus(ago)))
        : Optional.empty();
  }

  private static Optional<GateRefusal> tooOften(
      RepairSettings settings, Disruption wanted, RepairLog log, Duration now) {
    List<Duration> today =
        log.acted().stream().filter(at -> now.minus(at).compareTo(DAY) < 0).toList();
    if (today.size() < settings.perDay()) {
      return Optional.empty();
    }
    Duration first = today.get(today.size() - Math.max(1, settings.perDay()));
    return Optional.of(
        new Sentences(wanted)
            .refusal(
                GateReason.BUDGET,
                "this host was repaired "
                    + today.size()
                    + " times within 24 hours, and no more than "
                    + settings.perDay()
                    + " are allowed: another one would not help",
                "Find out why it is needed so often.",
                first.plus(DAY).minus(now)));
  }
}
