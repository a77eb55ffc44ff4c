package io.hasupervisor.loop;

import io.hasupervisor.assess.ProbeHistory;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.KillStep;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.host.Clock;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.publish.StatusView;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what happened: events, journal entries, tallies, incidents, and the state on disk. In
 * the loop's thread.
 */
final class Chronicle {
  private final Clock clock;
  private final String bootId;
  private final Services services;
  private final Publisher publisher;
  private final Announcer announcer;
  private final StateWriter<Memory> disk;
  private final Incidents incidents;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  /** Refused consent, as it was told last: asking again every few seconds is no news. */
  private final Map<String, ServiceState> refused = new HashMap<>();

  Chronicle(
      Clock clock,
      Memory before,
      String bootId,
      Services services,
      Publisher publisher,
      Announcer announcer,
      StateWriter<Memory> disk,
      Incidents incidents) {
    this.clock = clock;
    this.bootId = bootId;
    this.services = services;
    this.publisher = publisher;
    this.announcer = announcer;
    this.disk = disk;
    this.incidents = incidents;
    before.services().forEach((name, service) -> tallies.put(name, service.tally()));
  }

  /** Writes down what one step changed. */
  void stepped(Supervised service, ServiceState before, Duration now) {
    ServiceState after = service.state;
    String name = service.spec.name();
    String reason = reason(service, now);
    boolean news =
        !before.phase().label().equals(after.phase().label())
            || before.because() != after.because();
    if (news && !asksAgain(name, after)) {
      announce(name, Optional.ofNullable(refused.remove(name)).orElse(before), after, reason);
      if (heldBack(after).isPresent()) {
        refused.put(name, after);
      }
    }
    boolean crashed = crashed(before, after);
    if (crashed || endedUncounted(before, after)) {
      Exit exit = after.log().lastExit().orElseThrow();
      Tally.Death death = new Tally.Death(clock.wall(), exit, reason);
      tallies.merge(name, Tally.EMPTY.with(death), (known, _) -> known.with(death));
      if (crashed) {
        incidents.died(name, exit, after.because(), reason);
      }
    }
    if (after.phase() instanceof Phase.Healthy && !(before.phase() instanceof Phase.Healthy)) {
      incidents.recovered(name);
    }
    disk.submit(memory(now));
  }

  /** The question once more, and the same refusal once more. */
  private boolean asksAgain(String name, ServiceState after) {
    Optional<String> told = Optional.ofNullable(refused.get(name)).flatMap(Chronicle::heldBack);
    boolean asks =
        after.phase() instanceof Phase.Asking
            || (after.phase() instanceof Phase.Killing killing
                && killing.step() == KillStep.CONSENT);
    return told.isPresent() && (asks || heldBack(after).equals(told));
  }

  /** By which guard. */
  private static Optional<String> heldBack(ServiceState state) {
    return state.phase() instanceof Phase.Held(Hold hold) && hold.kind() == Hold.Kind.GUARD
        ? Optional.of(hold.by())
        : Optional.empty();
  }

  /** A death that was answered at once has left its mark only here. */
  private static boolean crashed(ServiceState before, ServiceState after) {
    return !after.log().crashes().isEmpty()
        && !after.log().crashes().equals(before.log().crashes());
  }

  /** By our hand, or while held; a start that is refused is none. */
  private static boolean endedUncounted(ServiceState before, ServiceState after) {
    Optional<Down> down = after.log().down();
    return heldBack(after).isEmpty()
        && !before.log().down().map(Down::since).equals(down.map(Down::since))
        && down.filter(death -> death.cause() != Because.NOT_RUNNING).isPresent();
  }

  private void announce(String name, ServiceState before, ServiceState after, String reason) {
    boolean good =
        after.phase() instanceof Phase.Healthy || after.phase() instanceof Phase.Starting;
    announcer.announce(
        name, before.phase().label(), after.phase().label(), after.because().name(), reason, good);
  }

  /** One sentence on where this service stands and why. */
  String reason(Supervised service, Duration now) {
    return StatusView.of(publisher.situation(publisher.snapshot(service), now)).reason();
  }

  /** What the probes found lately, one line each, newest last. */
  String probeHistory(Supervised service, Duration now) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, ProbeHistory> probe : service.board.probes().entrySet()) {
      probe
          .getValue()
          .conclusive()
          .forEach(
              report ->
                  text.append(probe.getKey())
                      .append(' ')
                      .append(now.minus(report.endedAt()).toMillis())
                      .append(" ms ago: ")
                      .append(report.result())
                      .append('\n'));
    }
    return text.toString();
  }

  private Memory memory(Duration now) {
    Map<String, Memory.Service> remembered = new LinkedHashMap<>();
    for (Supervised service : services.all()) {
      Tally tally = tallies.getOrDefault(service.spec.name(), Tally.EMPTY);
      remembered.put(service.spec.name(), Memory.Service.of(service.state, tally));
    }
    return new Memory(bootId, now, clock.wall(), remembered);
  }
}
