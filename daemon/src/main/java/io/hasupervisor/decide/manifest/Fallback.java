package io.hasupervisor.decide.manifest;

/**
 * What a roll-back was for.
 *
 * @param revision the one that failed
 * @param manifest of it, whose pod did not come up
 * @param reason {@link RolloutBecause#CRASH_LOOP}, {@link RolloutBecause#TIME_LIMIT} or {@link
 *     RolloutBecause#NEVER_MADE}
 * @param detail docker's or the probe's words
 */
public record Fallback(int revision, String manifest, RolloutBecause reason, String detail) {}
