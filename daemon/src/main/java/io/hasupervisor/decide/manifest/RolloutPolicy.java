package io.hasupervisor.decide.manifest;

/**
 * What the operator allows.
 *
 * @param observeOnly act on orders alone
 * @param enforce put a changed file of ours back, where nobody changed it lately
 * @param quarantine move duplicates of our pods out of the directory
 */
public record RolloutPolicy(boolean observeOnly, boolean enforce, boolean quarantine) {}
