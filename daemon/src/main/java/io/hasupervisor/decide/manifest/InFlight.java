package io.hasupervisor.decide.manifest;

/**
 * An action that is being carried out.
 *
 * @param number unlike that of any other of this daemon's life, so that a late outcome of an
 *     abandoned action is not taken for this one's
 */
public record InFlight(long number, RolloutAction action) {}
