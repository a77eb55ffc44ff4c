package io.hasupervisor.disruption;

import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairMachine;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.RepairStep;

/** The repair machine as its world sees it; a planted fault is another one. */
@FunctionalInterface
interface Rules {

  /** The machine as it is shipped. */
  Rules REAL = RepairMachine::step;

  RepairStep step(RepairSettings settings, RepairState state, RepairEvent event, Moment moment);
}
