package io.hasupervisor.observe;

import java.time.Duration;

/**
 * A run state and its age.
 *
 * @param at monotonic time at which the look began: what happened later may be missing from it
 */
public record RunReport(RunState state, Duration at) {}
