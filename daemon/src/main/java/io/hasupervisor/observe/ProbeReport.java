package io.hasupervisor.observe;

import java.time.Duration;

/**
 * One finished probe: which, what it found, and the monotonic times at which it began and ended.
 */
public record ProbeReport(String probe, CheckResult result, Duration begunAt, Duration endedAt) {}
