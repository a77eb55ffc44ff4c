package io.hasupervisor.loop;

import io.hasupervisor.assess.ProbeBoard;
import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Event.Dependency;
import io.hasupervisor.decide.Phase;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.observe.RunState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One service inside the loop: what is configured, what is remembered, and its attachment. Owned by
 * the loop's thread.
 */
final class Supervised {
  final ServiceSpec spec;
  final Attachment attachment;
  ServiceState state;
  ProbeBoard board;
  boolean probing;

  /** When its init system was last told by us to start it, until that asked whether it may. */
  Optional<Duration> startGiven = Optional.empty();

  /** Since when it has not been healthy, as far as this daemon saw; empty while it is. */
  Optional<Duration> sickSince = Optional.empty();

  Supervised(ServiceSpec spec, ServiceState state, Attachment attachment) {
    this.spec = spec;
    this.state = state;
    this.attachment = attachment;
    this.board = emptyBoard(spec);
  }

  private static ProbeBoard emptyBoard(ServiceSpec spec) {
    Map<String, Tolerance> tolerances = new LinkedHashMap<>();
    spec.checks().forEach(check -> tolerances.put(check.probe().name(), check.tolerance()));
    return ProbeBoard.of(tolerances);
  }

  /** Takes over its next state. */
  void now(ServiceState next, Duration now) {
    state = next;
    sickSince = healthy() ? Optional.empty() : sickSince.or(() -> Optional.of(now));
  }

  boolean healthy() {
    return state.phase() instanceof Phase.Healthy;
  }

  /** How this service looks to one that depends on it. */
  Dependency asDependency() {
    boolean alive =
        switch (state.facts().run().state()) {
          case RunState.Running _, RunState.Stopping _ -> true;
          default -> false;
        };
    return new Dependency(spec.name(), alive);
  }
}
