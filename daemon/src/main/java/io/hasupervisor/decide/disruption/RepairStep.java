package io.hasupervisor.decide.disruption;

import java.util.Optional;

/**
 * The answer to one event. The next state's log must be on the disk before the action is begun or
 * the answer is given.
 *
 * @param answer to the asker of this very {@link RepairEvent.Asked}; at any other event, to the one
 *     who waits
 */
public record RepairStep(
    RepairState next, Optional<RepairAction> action, Optional<RepairAnswer> answer) {}
