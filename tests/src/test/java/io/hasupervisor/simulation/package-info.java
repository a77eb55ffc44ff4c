/**
 * A model world with seeded chance drives the pure stages as the loop does; rules that do not look
 * at the machine's own reasoning are checked after every step. A failure prints its seed: replay it
 * alone with {@code -Dsimulation.seed=N -Dtest=SimulationTest}.
 */
package io.hasupervisor.simulation;
