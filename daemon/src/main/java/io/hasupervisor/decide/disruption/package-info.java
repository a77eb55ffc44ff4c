/**
 * Whether, when and in which order this master may be disturbed: pure. {@code Gate} says what the
 * evidence permits, {@code RepairMachine} takes the lock, looks again, lets act, and releases.
 *
 * <p>The lock keeps two well-behaved daemons from acting at once. It does not make an action safe:
 * that is the second look right before it, and that enough voters are left without this one.
 */
package io.hasupervisor.decide.disruption;
