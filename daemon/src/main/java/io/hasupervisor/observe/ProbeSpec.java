package io.hasupervisor.observe;

import java.time.Duration;

/**
 * What to ask, how often, and how long to wait for the answer.
 *
 * @param name unique within its service
 * @param period from the start of one check to the start of the next
 * @param deadline longest time for one check, at most the period
 */
public record ProbeSpec(String name, ProbeTarget target, Duration period, Duration deadline) {}
