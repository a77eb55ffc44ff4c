/**
 * Pure: what to do next with one service, and why.
 *
 * <p>The caller's duties: first, give events in the order they were received and a {@code now} that
 * never goes back. Second, carry out at most the one action a step returns, and report its end once
 * with {@link io.hasupervisor.decide.Event.Finished}. Third, step with {@link
 * io.hasupervisor.decide.Event.Ticked} when {@link io.hasupervisor.decide.Phase#deadline} has come.
 * Imports {@code assess} and {@code observe}'s types; no clock, no random source, no logging.
 */
package io.hasupervisor.decide;
