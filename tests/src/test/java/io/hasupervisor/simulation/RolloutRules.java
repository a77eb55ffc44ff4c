package io.hasupervisor.simulation;

import io.hasupervisor.decide.manifest.RolloutEvent;
import io.hasupervisor.decide.manifest.RolloutMachine;
import io.hasupervisor.decide.manifest.RolloutPolicy;
import io.hasupervisor.decide.manifest.RolloutState;
import io.hasupervisor.decide.manifest.RolloutStep;
import java.time.Duration;

/** The placement machine as its world sees it; a planted fault is another one. */
@FunctionalInterface
interface RolloutRules {

  /** The machine as it is shipped. */
  RolloutRules REAL = RolloutMachine::step;

  RolloutStep step(RolloutPolicy policy, RolloutState state, RolloutEvent event, Duration now);
}
