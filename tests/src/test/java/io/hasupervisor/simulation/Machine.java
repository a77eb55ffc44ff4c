package io.hasupervisor.simulation;

import io.hasupervisor.assess.Tolerance;
import io.hasupervisor.decide.Event;
import io.hasupervisor.decide.Policy;
import io.hasupervisor.decide.ServiceMachine;
import io.hasupervisor.decide.ServiceState;
import io.hasupervisor.decide.Step;
import io.hasupervisor.observe.ProbeReport;
import java.time.Duration;

/** The pure stages as the world sees them; a planted fault overrides one method. */
@FunctionalInterface
interface Machine {

  /** The machine as it is shipped. */
  Machine REAL = ServiceMachine::step;

  Step step(Policy policy, ServiceState state, Event event, Duration now);

  /** What reaches the probe board of a report. */
  default ProbeReport heard(ProbeReport report) {
    return report;
  }

  /** The tolerance that the probe board is given. */
  default Tolerance tolerance(Tolerance configured) {
    return configured;
  }

  /** Whether a round in which the daemon was late is void. */
  default boolean voidsLateRounds() {
    return true;
  }
}
