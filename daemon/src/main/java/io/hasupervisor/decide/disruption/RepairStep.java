package io.hasupervisor.decide.disruption;

import java.util.Optional;

/** The answer to one event: the next state, at most one action to begin, at most one answer. */
public record RepairStep(
    RepairState next, Optional<RepairAction> action, Optional<RepairAnswer> answer) {}
