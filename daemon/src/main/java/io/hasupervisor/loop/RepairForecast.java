package io.hasupervisor.loop;

import io.hasupervisor.cluster.RepairSettings;
import io.hasupervisor.decide.disruption.DecisionTable;
import io.hasupervisor.decide.disruption.Disruption;
import io.hasupervisor.decide.disruption.GateRefusal;
import io.hasupervisor.decide.disruption.Moment;
import io.hasupervisor.decide.disruption.RepairAnswer;
import io.hasupervisor.decide.disruption.RepairEvent;
import io.hasupervisor.decide.disruption.RepairMachine;
import io.hasupervisor.decide.disruption.RepairPhase;
import io.hasupervisor.decide.disruption.RepairState;
import io.hasupervisor.decide.disruption.Ruling;
import java.util.Optional;

/**
 * What the machine would answer to a wish: it is asked as it is, and what it would do is forgotten.
 */
record RepairForecast(RepairSettings settings, RepairState state, Moment moment) {

  /** Whether nothing is under way that another wish would have to wait for. */
  static boolean resting(RepairState state) {
    return state.phase() instanceof RepairPhase.Idle
        || state.phase() instanceof RepairPhase.Blocked;
  }

  /** Why it would be refused now. */
  Optional<GateRefusal> preview(Disruption wanted) {
    return answer(resting(state) ? idle() : state, wanted);
  }

  /** An earlier word for the same makes it no cheaper, nor does it that the first order waits. */
  Optional<GateRefusal> price(Disruption wanted) {
    return answer(idle().unaccepted(), wanted);
  }

  /** Why it would be refused even to who accepts that quorum is lost. */
  Optional<GateRefusal> hopeless(Disruption wanted) {
    return DecisionTable.accepted(wanted, state.scene(), moment.now())
            instanceof Ruling.Refused(GateRefusal refusal)
        ? Optional.of(refusal)
        : Optional.empty();
  }

  /** What the decision table says, whatever the machine is at. */
  Ruling ruling(Disruption wanted) {
    return DecisionTable.ruling(
        settings, wanted, state.scene(), state.lock(), state.log(), moment.now());
  }

  private Optional<GateRefusal> answer(RepairState asked, Disruption wanted) {
    return RepairMachine.step(settings, asked, new RepairEvent.Asked(wanted), moment)
        .answer()
        .flatMap(
            answer ->
                answer instanceof RepairAnswer.Refused(GateRefusal refusal)
                    ? Optional.of(refusal)
                    : Optional.empty());
  }

  private RepairState idle() {
    return state.in(new RepairPhase.Idle());
  }
}
